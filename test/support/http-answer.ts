// What a server answered, whole.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

export interface HttpAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** Reads a response to its end. */
export function readAnswer(response: IncomingMessage, resolve: (answer: HttpAnswer) => void): void {
  const chunks: Buffer[] = []
  response.on('data', (chunk: Buffer) => chunks.push(chunk))
  response.on('end', () =>
    resolve({
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    }),
  )
}
