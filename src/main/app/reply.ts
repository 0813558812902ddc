// Turns what a request did into a reply: an error that was made for people keeps its sentence, any other is told without
// its words, which may hold paths or addresses.
import type { AskError, Reply } from '../../core/ipc.ts'
import { SoundError } from '../audio/errors.ts'
import { EndpointError } from '../net/endpoint.ts'
import { StoreError } from '../store/store-error.ts'
import { SayError } from '../voice/verbs.ts'

/** What was asked can't be done now; the message says what can. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest'
  readonly kind: AskError['kind']
  constructor(kind: AskError['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

/** Never rejects. */
export async function replyTo(act: () => Promise<unknown>): Promise<Reply> {
  try {
    return { ok: true, value: await act() }
  } catch (error) {
    return { ok: false, error: errorOf(error) }
  }
}

function errorOf(error: unknown): AskError {
  if (error instanceof RefusedRequest) return { kind: error.kind, message: error.message }
  if (error instanceof StoreError) {
    const kind = error.kind === 'missing' ? 'missing' : error.kind === 'invalid' ? 'invalid' : 'refused'
    return { kind, message: error.message }
  }
  if (error instanceof SoundError || error instanceof EndpointError || error instanceof SayError)
    return { kind: 'refused', message: error.message }
  return { kind: 'failed', message: 'That did not work. Try again; if it happens again, restart Parley.' }
}
