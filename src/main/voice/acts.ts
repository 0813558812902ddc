// Does what an event of the voice socket turned out to mean. What it means was decided in core/realtime; which of several
// sockets is listened to is carrier.ts.
import type { Emitter } from '../../core/emitter.ts'
import type { Act } from '../../core/realtime/act.ts'
import type { AskedFunction } from '../../core/realtime/function-calls.ts'
import type { Call } from './call.ts'
import type { VoiceEvents } from './events.ts'
import type { Ledger } from './ledger.ts'
import type { Playback } from './playback.ts'
import type { Unanswered } from './unanswered.ts'
import type { Uplink } from './uplink.ts'

export interface ActsOpts {
  events: Emitter<VoiceEvents>
  ledger: Ledger
  playback: Playback
  uplink: Uplink
  unanswered: Unanswered
  /** The person speaks over the voice; the service cancels its response by itself. */
  silence: () => void
  askFunctions: (asked: readonly AskedFunction[], call: Call) => void
  /** The last exchange came to nothing. */
  recover: () => void
}

/** @returns what does one act of the call that it came over */
export function createActs({
  events,
  ledger,
  playback,
  uplink,
  unanswered,
  silence,
  askFunctions,
  recover,
}: ActsOpts): (act: Act, call: Call) => void {
  return (act, call) => {
    switch (act.type) {
      case 'record':
        void ledger.append(act.changes)
        break
      case 'play':
        call.took(act.item, playback.play(act.item, act.audio))
        break
      case 'finish':
        playback.finish(act.item)
        break
      case 'interrupt':
        silence()
        break
      case 'caption':
        events.emit('caption', act)
        break
      case 'hearing':
        uplink.keep(act.item, act.fromMs)
        events.emit('hearing', true)
        break
      case 'heard':
        events.emit('hearing', false)
        break
      case 'taken':
        unanswered.begin(act.item, uplink.taken(act.item))
        break
      case 'understood':
        uplink.forget(act.item)
        break
      case 'send':
        call.send(act.event)
        break
      case 'unanswered':
        unanswered.fail()
        recover()
        break
      case 'asked':
        askFunctions(act.calls, call)
        break
      case 'answered':
        if (act.status === 'completed' || act.status === 'incomplete') unanswered.end()
        events.emit('answered', act)
        break
      case 'notice':
        events.emit('notice', { message: act.message })
        break
    }
  }
}
