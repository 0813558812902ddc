// What a server says when it refuses to open a socket: the answer's body is small and JSON, or it says nothing that is used.
import type { IncomingMessage } from 'node:http'
import { fieldsOf } from '../../core/wire-values.ts'
import { systemClock } from '../clock.ts'

const mostBytes = 16_384
/** The status alone says enough for a person who waits. */
const withinMs = 1_000

/** The code of the error, as `insufficient_quota`; null where none is told. Ends the answer. Never rejects. */
export function readRefusal(response: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    let text = ''
    const end = (code: string | null): void => {
      undo()
      response.destroy()
      resolve(code)
    }
    const undo = systemClock.after(withinMs, () => end(null))
    response.setEncoding('utf8')
    response.on('data', (piece: string) => {
      text += piece
      if (text.length > mostBytes) end(null)
    })
    response.on('error', () => end(null))
    response.on('end', () => end(codeIn(text)))
    response.on('close', () => end(null))
  })
}

function codeIn(text: string): string | null {
  try {
    const told: unknown = JSON.parse(text)
    const code = fieldsOf(fieldsOf(told)?.['error'])?.['code']
    return typeof code === 'string' ? code : null
  } catch {
    return null
  }
}
