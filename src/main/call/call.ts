// One socket's share of the conversation: its wire, its view of what the service does, what it holds, its one response in flight.
// A call that is over says nothing any more; what it leaves behind goes into the record.
import type { Interpreted } from '../../core/realtime/act.ts'
import {
  cancelResponse,
  changeTurnMode,
  clearAudio,
  commitAudio,
  createResponse,
  sayWords,
  type VoiceConfig,
} from '../../core/realtime/commands.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import { refusesPictures } from '../../core/realtime/dialect.ts'
import { expireCommitting, interpret } from '../../core/realtime/interpret.ts'
import type { Refusal } from '../../core/realtime/outstanding.ts'
import { refuseResponse } from '../../core/realtime/response-begin.ts'
import { expireLate, expireResponse, responseSilentMs } from '../../core/realtime/response-end.ts'
import { responseAsked } from '../../core/realtime/responses.ts'
import {
  beginView,
  hold,
  itemsOf,
  loseLine,
  receivedSound,
  setCall,
  silence,
  type VoiceView,
  withdraw,
} from '../../core/realtime/voice-view.ts'
import type { HeardEvent } from '../../core/realtime/wire-events.ts'
import type { SpokenItem } from '../../core/turn/barge-in.ts'
import type { Undo } from '../ports.ts'
import { createHolding, type Holding } from './holding.ts'
import { addsItems, committedWithinMs, errorSilentMs, lateWithinMs } from './limits.ts'
import { createMemory } from './memory.ts'
import { createOwnAnswer } from './own-answer.ts'
import type { Call, CallEnd, CallOpts } from './ports.ts'
import { createWire } from './wire.ts'

export type { Call, CallEnd, CallOpts }

export function createCall(opts: CallOpts): Call {
  const { line, clock } = opts
  const isKnown = opts.config().knowsMeaning
  let view: VoiceView = beginView([], null)
  /** The configuration that the session was given. */
  let told: VoiceConfig | null = null
  let undoWatchdog: Undo = () => undefined
  let undoCommitting: Undo = () => undefined
  let undoLate: Undo | null = null
  /** `committing`: told to make a turn of what it has heard. `over`: what it still hears is nobody's. */
  let stage: 'in use' | 'retired' | 'committing' = 'in use'

  const holding: Holding = createHolding({
    clock,
    send: (event) => void wire.send(opts.fill(event)),
    conversation: opts.conversation,
    plan: opts.plan,
    typed: opts.typed,
    deferred: opts.deferred,
    order: opts.order,
    isHearing,
    onGive(id, turn, isNewest) {
      view = setCall(hold(view, id), id, turn ?? view.last)
      if (turn !== null && isNewest) view = { ...view, last: turn }
    },
    onRemove(id) {
      view = withdraw(view, id)
      if (view.last !== null && opts.last() !== view.last) view = { ...view, last: opts.last() }
      memory.shrunk()
    },
    onRefused: opts.onRefusedItem,
    learnPictures(error) {
      if (!isKnown && refusesPictures(error)) opts.dialect.learn({ takesPictures: false })
      return !opts.dialect.get().takesPictures
    },
  })

  function isHearing(): boolean {
    return view.hearing !== null || view.committing !== null
  }

  const wire = createWire({
    line,
    clock,
    holding,
    config: () => (told = opts.config()),
    dialect: opts.dialect,
    isKnown,
    notice: (message) => opts.onNotice(message),
    settled: opts.settled,
    onSeedDied: opts.onSeedDied,
    mayBegin: opts.mayBegin,
    onReady(proof) {
      view = {
        ...view,
        last: opts.last(),
        reader: told?.transcription?.model ?? null,
        isJudgedHere: told?.isJudgedHere ?? false,
      }
      memory.begin({ ...proof, ...opts.onReady({ ...proof, leftOut: holding.plan().leftOut }, holding) })
      holding.use()
    },
    onEvent,
    onRefused: refuse,
    onClosed() {
      undoWatchdog()
      undoCommitting()
      undoLate?.()
      ownAnswer.stop()
      memory.end()
      const ended = view
      opts.onOver({
        changes: (again) => loseLine(ended, again),
        spoken: ended.speaking.entries().map(([item]) => [item, remember(item)] as const),
      })
    },
  })

  const ownAnswer = createOwnAnswer({
    clock,
    isKnown,
    dialect: opts.dialect,
    onOver: () => opts.onActs([]),
    onUncommitted: opts.onUncommitted,
  })
  const memory = createMemory({ clock, holding, newId: opts.newId, send: (event) => wire.send(event) })

  function onEvent(event: HeardEvent): void {
    if (memory.follow(event)) return
    if (addsItems.has(event.type)) {
      const { newest, given } = holding.end('previous_item_id' in event ? event.previous_item_id : null)
      const by = event.type === 'input_audio_buffer.committed' ? 'person' : 'voice'
      // What was typed before somebody spoke stands before it, whichever of the two the service has first.
      view = { ...view, newest, last: opts.last(by === 'person' ? [] : given, by) }
    }
    holding.follow(event)
    ownAnswer.follow(event)
    const { flight: inFlight, isDue, late } = view
    if (stage !== 'in use' && isOfNobody(event)) return endWhenDrained()
    follow(interpret(view, event))
    // Of what came to nothing with it no more comes.
    if (view.late.length > late.length) giveUpLate(false)
    if (view.isDue !== isDue) holding.answerDue(view.isDue)
    if (view.flight !== inFlight || event.type.startsWith('response.')) watch()
    if (event.type === 'input_audio_buffer.speech_stopped') watchCommit()
    if (event.type === 'error' && !isKnown && view.flight.type !== 'none') watch(errorSilentMs)
    endWhenDrained()
  }

  /** No sound comes any more; what this session still hears has gone to the next one, but for a turn that was split. */
  function isOfNobody(event: HeardEvent): boolean {
    if (event.type === 'input_audio_buffer.committed' && stage === 'committing') {
      stage = 'retired'
      view = { ...view, hearing: null }
      return false
    }
    return event.type === 'input_audio_buffer.speech_started'
  }

  function refuse(refusal: Refusal): void {
    const { command, error, eventId } = refusal
    switch (command.type) {
      case 'create':
      case 'delete':
      case 'truncate':
        return holding.refused(command.type, command.item, error)
      case 'ask':
        if (memory.refused(eventId, error.message)) return
        follow(refuseResponse(view, refusal))
        return watch()
      case 'commit':
        if (stage === 'committing') {
          stage = 'retired'
          view = { ...view, hearing: null }
          return endWhenDrained()
        }
        return opts.onUncommitted()
      case 'configure':
        told = null
        return opts.onActs([{ type: 'notice', message: 'The service did not take the change of settings.' }])
      case 'cancel':
      case 'clear':
        return
    }
  }

  function endWhenDrained(): void {
    if (stage === 'retired' && !isBusy() && view.reading.size === 0) line.drained()
  }

  const isBusy = (): boolean => view.hearing !== null || view.flight.type !== 'none'

  function follow(next: Interpreted): void {
    view = next.view
    opts.onActs(next.acts)
  }

  /** Neither a lost reply nor a service that stops in the middle of an answer may keep the person from being answered. */
  function watch(withinMs = responseSilentMs): void {
    undoWatchdog()
    watchLate()
    if (view.flight.type === 'none') return
    undoWatchdog = clock.after(withinMs, () => {
      holding.giveUp()
      follow(expireLate(view))
      follow(expireResponse(view))
      watch()
      endWhenDrained()
    })
  }

  function watchLate(): void {
    if (view.late.length === 0) {
      undoLate?.()
      undoLate = null
    } else undoLate ??= clock.after(lateWithinMs, expireOvertaken)
  }

  function expireOvertaken(): void {
    undoLate = null
    giveUpLate(true)
    follow(expireLate(view))
    endWhenDrained()
  }

  function giveUpLate(all: boolean): void {
    const items = view.late.flatMap((response) => itemsOf(view, response))
    holding.giveUp(new Set(items.flatMap(([id, { complete }]) => (all || complete ? [id] : []))))
  }

  function watchCommit(): void {
    undoCommitting()
    undoCommitting = clock.after(committedWithinMs, () => {
      follow(expireCommitting(view))
    })
  }

  function remember(item: string): SpokenItem {
    const { text = '', receivedMs = 0, complete = false } = view.speaking.get(item) ?? {}
    return { text, receivedMs, complete, ofThisSession: true }
  }

  function request(event: (id: string) => ClientEvent): string | null {
    if (view.flight.type !== 'none' || ownAnswer.isDue()) return null
    const id = opts.newId('create')
    view = { ...view, flight: responseAsked(id) }
    wire.send(event(id))
    watch()
    return id
  }

  return {
    ...wire,
    number: line.number,
    bufferedBytes: () => line.bufferedBytes(),
    ping: () => line.ping(),
    proven(mark) {
      wire.proven(mark)
      opts.onProven(mark)
    },
    holding,
    memory,
    send(event) {
      if (event.type === 'conversation.item.truncate') holding.truncated(event.item_id, event.audio_end_ms)
      ownAnswer.sent(event)
      return wire.send(event)
    },
    drain: endWhenDrained,
    retire(handed) {
      stage = handed === 'split' ? 'committing' : 'retired'
      wire.send(handed === 'split' ? commitAudio : clearAudio)
      if (handed !== 'split') view = { ...view, hearing: null, committing: null }
    },
    ask: () => request(createResponse),
    announce: (words) => void request((id) => sayWords(id, words)),
    interrupt() {
      const { flight } = view
      view = silence(view)
      if (flight.type === 'running') wire.send(cancelResponse(flight.response))
    },
    spurn: (on) => void (view = { ...view, isSpurned: on && view.isDue }),
    followConfig() {
      const wish = opts.config()
      const { mode, eagerness } = wish
      if (told === null || (told.mode === mode && told.eagerness === eagerness)) return
      told = wish
      wire.send(changeTurnMode(wish))
      // By hand, no end of speech will be told.
      if (mode === 'manual') view = { ...view, hearing: null, committing: null }
    },
    took: (item, ms) => void (view = receivedSound(view, item, ms)),
    spoken: (item) => (view.speaking.has(item) ? remember(item) : undefined),
    isHearing,
    isBusy,
    isReading: () => view.reading.size > 0,
    isAnswering: () => view.flight.type === 'running' && view.flight.response !== null,
  }
}
