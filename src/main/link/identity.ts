// The certificate by which paired devices know this computer again: made here, its own authority, kept with its key. Libraries
// are loaded when one is made, which is once in two years.
import { createHash, randomBytes, webcrypto, X509Certificate } from 'node:crypto'

export interface Identity {
  /** PEM. */
  key: string
  cert: string
}

/** Apple believes no certificate of a server's for longer than 825 days. */
const goodForMs = 800 * 24 * 3_600_000
const renewBeforeMs = 30 * 24 * 3_600_000

/** @param names host names and addresses that stand in it; @param nowMs wall clock */
export async function makeIdentity(names: readonly string[], nowMs: number): Promise<Identity> {
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const isAddress = (name: string): boolean => /^[\d.]+$|:/.test(name)
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: `01${randomBytes(8).toString('hex')}`,
      name: 'CN=Parley on this network',
      // A device's clock may be behind.
      notBefore: new Date(nowMs - 24 * 3_600_000),
      notAfter: new Date(nowMs + goodForMs),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isAddress(value) ? ('ip' as const) : ('dns' as const), value })),
        ),
      ],
    },
    webcrypto,
  )
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  return { key: pem('PRIVATE KEY', key), cert: pem('CERTIFICATE', Buffer.from(certificate.rawData).toString('base64')) }
}

function pem(what: string, base64: string): string {
  return `-----BEGIN ${what}-----\n${base64.replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${what}-----\n`
}

/** Whether it can be used for a while longer. */
export function isGood({ key, cert }: Identity, nowMs: number): boolean {
  try {
    const { validTo } = new X509Certificate(cert)
    return key !== '' && Date.parse(validTo) - nowMs > renewBeforeMs
  } catch {
    return false
  }
}

/** SHA-256 of the certificate as browsers show it: `AB:12:…`. */
export function fingerprintOf(cert: string): string {
  return new X509Certificate(cert).fingerprint256
}

/** What is kept of a secret of 256 random bits; of a shorter one it would keep too much. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

export const newSecret = (): string => randomBytes(32).toString('base64url')
