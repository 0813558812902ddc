// The pairing page's form as it comes over the wire: small, of the one kind, with its two fields.
import type { IncomingMessage } from 'node:http'

const mostBytes = 1_024

/** @returns null for anything that the page does not send */
export async function readForm(request: IncomingMessage): Promise<{ digits: string; name: string } | null> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) return null
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > mostBytes) return null
    chunks.push(chunk)
  }
  const fields = new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
  const [digits = '', ...moreDigits] = fields.getAll('digits')
  const [name = '', ...moreNames] = fields.getAll('name')
  const isForm = moreDigits.length === 0 && moreNames.length === 0 && /^\d{6}$/.test(digits)
  return isForm ? { digits, name } : null
}
