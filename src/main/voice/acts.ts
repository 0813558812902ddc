// Does what an event of the voice socket turned out to mean. What it means was decided in core/realtime; which of several
// sockets is listened to is carrier.ts.
import type { Emitter } from '../../core/emitter.ts'
import type { Act } from '../../core/realtime/act.ts'
import type { AskedFunction } from '../../core/realtime/function-calls.ts'
import type { Call } from '../call/call.ts'
import type { VoiceEvents } from './events.ts'
import type { Journal } from './journal.ts'
import type { Overlap } from './overlap.ts'
import type { Playback } from './playback.ts'
import type { Turns } from './turns.ts'
import type { Uplink } from './uplink.ts'

export interface ActsOpts {
  events: Emitter<VoiceEvents>
  journal: Journal
  playback: Playback
  uplink: Uplink
  turns: Turns
  overlap: Overlap
  /** The person speaks over the voice. */
  silence: () => void
  askFunctions: (asked: readonly AskedFunction[]) => void
}

/** @returns what does one act of the call that it came over */
export function createActs(opts: ActsOpts): (act: Act, call: Call) => void {
  const { events, journal, playback, uplink, turns, overlap } = opts

  function play({ response, item, audio }: Extract<Act, { type: 'play' }>, call: Call): void {
    const ms = playback.play(item, audio)
    call.took(item, ms)
    if (ms > 0) turns.happen({ type: 'spoke', response, item })
  }

  return (act, call) => {
    switch (act.type) {
      case 'record':
        void journal.append(act.changes)
        for (const change of act.changes) if (change.type === 'words-heard') overlap.words(change.turn, change.text)
        return
      case 'play':
        return play(act, call)
      case 'finish':
        return playback.finish(act.item)
      case 'interrupt':
        return overlap.serviceHears() ? undefined : opts.silence()
      case 'caption':
        if (act.role === 'user') overlap.caption(act.item, act.text)
        return events.emit('caption', act)
      case 'hearing':
        uplink.keep(act.item, act.fromMs)
        turns.hearing(act.fromMs)
        overlap.hearing(act.item)
        return events.emit('hearing', true)
      case 'heard':
        uplink.endTurn(act.item, act.toMs)
        return events.emit('hearing', false)
      case 'taken':
        turns.taken(act.item, call)
        if (!overlap.isBackChannel(act.item)) return
        call.spurn(true)
        return turns.happen({ type: 'withdrawn', turns: [act.item] })
      case 'words':
        return turns.happen({ type: 'words', turn: act.item, known: act.known })
      case 'send':
        return void call.send(act.event)
      case 'asked':
        return opts.askFunctions(act.calls)
      case 'began':
        return turns.happen({ type: 'began', session: call.number, response: act.response, has: call.holding.isTold })
      case 'ended':
        turns.happen({ type: 'ended', session: call.number, response: act.response, ending: act.ending })
        return events.emit('answered', { response: act.response, status: act.status })
      case 'postponed':
        return turns.happen({ type: 'postponed', session: call.number })
      case 'reinstated':
        return turns.happen({ type: 'reinstated', session: call.number, eventId: act.eventId })
      case 'overruled':
        return turns.happen({ type: 'overruled', session: call.number })
      case 'refused':
        return turns.unasked(act.eventId, act.reason)
      case 'notice':
        return events.emit('notice', { message: act.message })
    }
  }
}
