// How long a call waits for what a service owes it, and what tells it of items.
import type { HeardEvent } from '../../core/realtime/wire-events.ts'

/** Events keep their order on a socket: behind the next response's beginning the end of the one before hardly comes any more. */
export const lateWithinMs = 5_000
/** After the end of speech the service makes an item of it at once; one that does not is not waited for. */
export const committedWithinMs = 2_000
/** Some servers tell of a failure alone, and never of the end. */
export const errorSilentMs = 4_000

export const addsItems: ReadonlySet<HeardEvent['type']> = new Set([
  'input_audio_buffer.committed',
  'conversation.item.added',
  'conversation.item.done',
  'response.done',
])
