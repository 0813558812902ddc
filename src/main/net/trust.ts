// Whose certificates are believed: those that the runtime brings, those of the system's store, and those of NODE_EXTRA_CA_CERTS. The
// runtime reads that variable itself, but not in a package, whose fuse against foreign options keeps it from doing so.
import { readFileSync } from 'node:fs'
import * as tls from 'node:tls'

export interface Trust {
  context: tls.SecureContext
  /** What could not be read, as the end of a sentence; null when all was. */
  problem: string | null
}

/** Where distributions keep the store as one file; the first that is there counts. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

const certificate = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g

/** Reads files now; to be asked for when the first secure connection is. */
export function readTrust(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): Trust {
  const extra = env['NODE_EXTRA_CA_CERTS'] ?? ''
  const named = extra === '' ? [] : certificatesIn(extra)
  const all = [...tls.rootCertificates, ...systemStore(env, platform), ...named].map((one) => one.trim())
  return {
    context: tls.createSecureContext({ ca: [...new Set(all)] }),
    problem: extra === '' || named.length > 0 ? null : 'no certificate was found in the file of NODE_EXTRA_CA_CERTS',
  }
}

function systemStore(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  const known = ofRuntime()
  if (platform !== 'linux') return known
  for (const path of [env['SSL_CERT_FILE'] ?? '', ...bundles]) {
    const found = path === '' ? [] : certificatesIn(path)
    if (found.length > 0) return [...known, ...found]
  }
  return known
}

/** Node 22.15 and later can read the store of every system. */
function ofRuntime(): string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'system') => string[] }
  try {
    return getCACertificates?.('system') ?? []
  } catch {
    return []
  }
}

function certificatesIn(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').match(certificate) ?? []
  } catch {
    return []
  }
}
