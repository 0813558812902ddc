// Makes what a compaction keeps unreadable and unalterable for everybody but this engine: AES-256-GCM under a key that
// lives in the engine's data folder, so that a chain compacted before a restart goes on after it.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'

export interface Seal {
  /** Base64url. */
  close(value: unknown): string
  /** Undefined for anything that `close` did not make under the same key. */
  open(sealed: string): unknown
}

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
/** A small text can be packed that unpacks without end. */
const mostBytes = 4 * 1024 * 1024

export function createSeal(key: Buffer): Seal {
  return {
    close(value) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const hidden = Buffer.concat([cipher.update(deflateRawSync(JSON.stringify(value))), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64url')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length <= nonceBytes + tagBytes) return undefined
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
          authTagLength: tagBytes,
        })
        decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
        const packed = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()])
        return JSON.parse(inflateRawSync(packed, { maxOutputLength: mostBytes }).toString('utf8')) as unknown
      } catch {
        return undefined
      }
    },
  }
}

export const freshSealKey = (): Buffer => randomBytes(keyBytes)

/** The key of that folder, made when there is none. A folder that can't be written gives one for this process alone. */
export function sealKeyIn(folder: string): Buffer {
  const path = join(folder, 'compaction.key')
  const key = readKey(path)
  if (key !== null) return key
  const made = freshSealKey()
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(path, made, { mode: 0o600, flag: 'wx' })
  } catch {
    // Another engine may have made it between the two looks.
    return readKey(path) ?? made
  }
  return made
}

function readKey(path: string): Buffer | null {
  try {
    const key = readFileSync(path)
    return key.length === keyBytes ? key : null
  } catch {
    return null
  }
}
