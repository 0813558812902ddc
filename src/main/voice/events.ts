// What a voice session tells while it goes on, beside the record: nothing of it is stored.
import type { Verdict } from '../../core/connection/close-codes.ts'
import type { ConnectionPhase } from '../../core/connection/state.ts'
import type { WireProof } from '../call/wire.ts'

export interface VoiceEvents {
  phase: ConnectionPhase
  /** Words as they come, before they are final; the record tells the final ones. */
  caption: { role: 'user' | 'assistant'; item: string; text: string }
  hearing: boolean
  /** Sound is on its way to the ear. */
  speaking: boolean
  /** Told whenever it may have changed. */
  quiet: boolean
  answered: { response: string; status: string }
  /** `sessions`, `attempts`: begun and batches sent since the last ready one, this one included. */
  restored: WireProof & { leftOut: number; sessions: number; attempts: number }
  /** The person's turn that was not answered and can be asked again (`retry`); null when there is none any more. */
  unanswered: string | null
  notice: { message: string }
  roundTripMs: number
  fatal: Extract<Verdict, { type: 'fatal' }>
}
