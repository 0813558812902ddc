// A certificate for names of this machine, made anew for each run, so that no private key lies in the project. X.509 written
// by hand: Node can sign one but not make one.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'

/** @returns PEM of the key and of the certificate, which is its own authority */
export function selfSigned(names: readonly string[]): { key: string; cert: string } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const publicKey = createPublicKey(createPrivateKey(key)).export({ type: 'spki', format: 'der' })
  // ecdsa-with-SHA256, commonName and subjectAltName by their object identifiers.
  const algorithm = tlv(0x30, Buffer.from('06082a8648ce3d040302', 'hex'))
  const commonName = tlv(0x30, Buffer.from('0603550403', 'hex'), tlv(0x0c, Buffer.from('Parley test')))
  const name = tlv(0x30, tlv(0x31, commonName))
  const time = (year: string): Buffer => tlv(0x17, Buffer.from(`${year}0101000000Z`))
  const alternatives = tlv(0x30, ...names.map((one) => tlv(0x82, Buffer.from(one))))
  const extension = tlv(0x30, Buffer.from('0603551d11', 'hex'), tlv(0x04, alternatives))
  const body = tlv(
    0x30,
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1])),
    algorithm,
    name,
    tlv(0x30, time('20'), time('49')),
    name,
    publicKey,
    tlv(0xa3, tlv(0x30, extension)),
  )
  const signature = tlv(0x03, Buffer.from([0]), sign('sha256', body, key))
  const der = tlv(0x30, body, algorithm, signature)
  return { key, cert: `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n` }
}

function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const head =
    length < 128 ? [tag, length] : length < 256 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from(head), content])
}
