// What there is to do after an event of the voice socket: the language between what is decided in core and the session
// in main that does it.
import type { Change } from '../conversation/change.ts'
import type { Ending } from '../turn/ending.ts'
import type { ClientEvent } from './events.ts'
import type { AskedFunction } from './function-calls.ts'
import type { VoiceView } from './voice-view.ts'

export type Act =
  | { type: 'record'; changes: Change[] }
  /** Base64 of PCM16, 24 kHz mono. */
  | { type: 'play'; response: string; item: string; audio: string }
  | { type: 'finish'; item: string }
  /** The person speaks over the voice; the service cancels its response by itself. */
  | { type: 'interrupt' }
  | { type: 'caption'; role: 'user' | 'assistant'; item: string; text: string }
  /** The person speaks. `fromMs`, `toMs`: where in all sound sent over this socket that began, and was over. */
  | { type: 'hearing'; item: string; fromMs: number }
  | { type: 'heard'; item: string; toMs: number }
  /** The service made a turn of the sound … */
  | { type: 'taken'; item: string }
  /** … and knows its words, or never will. */
  | { type: 'words'; item: string; known: boolean }
  | { type: 'send'; event: ClientEvent }
  /** Of one response: when all of them are answered, the model is asked to go on. */
  | { type: 'asked'; calls: AskedFunction[] }
  | { type: 'began'; response: string }
  /** `status` in the service's word. */
  | { type: 'ended'; response: string; status: string; ending: Ending }
  /** Our request for a response waits for the end of one that the service began. */
  | { type: 'postponed' }
  /** It has begun all the same: what was refused was no request of ours. */
  | { type: 'reinstated'; eventId: string }
  /** The service's own response to what it took was refused: another one goes on. */
  | { type: 'overruled' }
  /** Nobody answers what was asked with this event. */
  | { type: 'refused'; eventId: string; reason: string }
  | { type: 'notice'; message: string }

export interface Interpreted {
  view: VoiceView
  acts: Act[]
}

export const still = (view: VoiceView): Interpreted => ({ view, acts: [] })
