// Does what the ledger of turns says: asks for answers, sends sound again, records fates, offers what was not answered. What is
// decided is core/turn/ledger.ts; this holds the ledger and the sound of its turns.
import { turnKey, type RefusedItem } from '../../core/conversation/held.ts'
import { isKnownCall } from '../../core/conversation/conversation.ts'
import type { Typed } from '../../core/conversation/desired.ts'
import { wordsOf } from '../../core/conversation/rehydrate.ts'
import { picturesRefused } from '../../core/realtime/dialect.ts'
import {
  askedWith,
  capturedOn,
  isAnswerDue,
  beginLedger,
  isAwaiting,
  isBeingAnswered,
  needsSound,
  offered,
  owed,
  type LedgerEffect,
  type LedgerEvent,
} from '../../core/turn/ledger.ts'
import { soundBefore } from '../../core/turn/sound-before.ts'
import { stepLedger } from '../../core/turn/step-ledger.ts'
import { createTurnSounds } from '../../core/turn/turn-sounds.ts'
import type { Clock } from '../ports.ts'
import type { Call, CallEnd } from '../call/call.ts'
import { createAskingAgain } from './asking-again.ts'
import { createAsking } from './asking.ts'
import { createBehindSound } from './behind-sound.ts'
import type { Journal } from './journal.ts'
import type { Playback } from './playback.ts'
import type { RollingBack } from './rolling-back.ts'
import { createTypedWords, type TypedWords } from './typed-words.ts'
import type { Uplink } from './uplink.ts'

export interface TurnsOpts {
  clock: Clock
  current: () => Call | null
  journal: Journal
  playback: Playback
  uplink: Uplink
  rollingBack: RollingBack
  /** The person holds the key, or is being heard. */
  isFloorTaken: () => boolean
  /** The service finds the turns by itself in what the microphone gives. */
  isByVoice: () => boolean
  /** How much was heard of the voice is still being found out. */
  isCutting: () => boolean
  /** Sends a turn's sound once more, as a turn of its own. */
  sayAgain: (frames: readonly Int16Array[]) => void
  notice: (message: string) => void
  /** The newest turn that can be asked again, null when there is none any more. */
  onOffered: (turn: string | null) => void
}

export interface Turns {
  happen(event: LedgerEvent): void
  /** Something may have become possible: gives the session what it lacks, and asks where somebody waits and nobody speaks. */
  look(): void
  /** Words typed just now, and what was shown with them. */
  type(typed: Typed): void
  typedWords: Pick<TypedWords, 'typed' | 'deferred' | 'awaiting'>
  /** What was said by key is not to become a turn. @returns false where all of it is one already */
  takeBack(): boolean
  /** The sound of a press is with the session. */
  pressed(press: string, call: Call): void
  /** So long the session may still take to make a turn of a press, looked at now and then; 0: it has none. */
  commitDueMs(): number
  /** The service tells that somebody speaks, from so far into all sound of this line. */
  hearing(fromMs: number): void
  /** The service made an item of what was said, by itself or with the key. */
  taken(item: string, call: Call): void
  /** `end` is what the lost call leaves behind. */
  lose(end: CallEnd, call: Call, isCurrent: boolean): void
  /** Those that were not answered, once more: by their words or their sound, whichever the service has or can be given. */
  askAgain(): Promise<void>
  /** Nobody will answer what was asked with this request. */
  unasked(eventId: string, reason: string): void
  /** The service made no turn of the oldest press. */
  uncommitted(call: Call): void
  /** @returns whether it is a turn that waits for its answer */
  refused(item: RefusedItem): boolean
  /** Tells what is offered from before. */
  begin(): void
  /** Something that was said waits for a line. */
  isAwaiting(): boolean
  /** The service is about to begin an answer. */
  isAnswerDue(): boolean
}

/** By then the service has begun its response; or it never will, and the line is no more than idle. */
const beginsWithinMs = 10_000
/** The service makes a turn of a press at once; one that does not is not waited for. */
const committedWithinMs = 2_000
const lookEveryMs = 100
const wordsRefused = 'The service did not take these words. Say it differently.'
const soundRefused = 'The service did not take what you said. Ask again, or type it.'

export function createTurns(opts: TurnsOpts): Turns {
  const { current, journal, uplink } = opts
  const last = journal.conversation().turns.at(-1)
  let ledger = beginLedger(
    last ? { id: last.id, isQuestion: last.role === 'user' && wordsOf(last) !== '' && isOpen(last.fate) } : null,
  )
  const sounds = createTurnSounds(uplink)
  const words = createTypedWords(opts.clock, () => {
    behindSound.clear()
    look()
  })
  const behindSound = createBehindSound({
    clock: opts.clock,
    uplink,
    isHearing: () => current()?.isHearing() ?? false,
    onKnown(turn, behind) {
      words.setBehind(turn, behind)
      look()
    },
  })
  const asking = createAsking(journal, opts.isFloorTaken, look)
  const forgetSounds = (): void => sounds.prune((turn) => needsSound(ledger, turn))
  let offer: string | null = null
  let takenMs = -Infinity
  let pressedMs = -Infinity
  let isLooking = false

  function happen(event: LedgerEvent): void {
    for (const effect of step(event)) perform(effect)
    // A session that still holds what nobody heard would take it for said.
    if (event.type === 'ended' && event.ending.type === 'silenced') asking.waitFor(journal.settled())
    forgetSounds()
    tellOffer()
  }

  function step(event: LedgerEvent): readonly LedgerEffect[] {
    const [next, effects] = stepLedger(ledger, event)
    ledger = next
    return effects
  }

  function tellOffer(): void {
    const newest = offered(ledger).at(-1) ?? null
    if (newest !== offer) opts.onOffered((offer = newest))
  }

  function perform(effect: LedgerEffect): void {
    switch (effect.type) {
      case 'settle': {
        const { turn, fate, reason } = effect
        if (fate === 'withdrawn') sounds.withdraw(turn)
        void journal.append([{ type: 'turn-settled', turn, fate, ...(reason === null ? {} : { reason }) }])
        return
      }
      case 'tell':
        return opts.notice(effect.message)
      case 'roll-back':
        return recover([...effect.turns, ...effect.items])
      case 'again':
        // Its sound goes out when the line is lost: see `lose`.
        return
    }
  }

  /** Turns of what was said by key that are about to become items of that session. */
  const comingOn = (call: Call | null): number =>
    call === null ? 0 : capturedOn(ledger, call.number) + sounds.withdrawnOn(call.number)

  /** So many turns are about to be made of what was said. */
  function turnsToCome(call: Call | null): number {
    const heard = Number(behindSound.isOpen()) + Number(call?.isHearing() ?? false)
    return capturedOn(ledger, null) + comingOn(call) + words.soundsOwed() + heard
  }

  const isDue = (call: Call | null): boolean => call !== null && isAnswerDue(ledger, call.number)

  function look(): void {
    words.forget(journal.conversation())
    const call = current()
    if (call === null || isLooking || asking.isWaiting() || opts.isCutting()) return
    isLooking = true
    words.watch(turnsToCome(call) > 0 || isDue(call), isDue(call))
    call.holding.look()
    for (const { id, via } of owed(ledger)) {
      // Taken back, or undone with its exchange, while it ran.
      if (via === 'output' && !isKnownCall(journal.conversation(), id)) happen({ type: 'withdrawn', turns: [id] })
      const has = via === 'output' ? call.holding.hasResult(id) : call.holding.has(id)
      if (has) happen({ type: 'taken', turn: id, via, session: call.number, asks: 'us' })
    }
    if (asking.mayAsk(ledger, call.number)) {
      const eventId = call.ask()
      if (eventId !== null) happen({ type: 'asked', session: call.number, eventId })
    }
    isLooking = false
  }

  /** Nothing is asked for before the session is rid of what came to nothing. */
  const recover = (turns: readonly string[]): void => asking.waitFor(opts.rollingBack.recover(turns))

  /** Out of the conversation, their words kept as a draft. */
  function refuse(turns: readonly string[], reason: string, call: Call | null): void {
    happen({ type: 'refused', turns, reason })
    opts.notice(reason)
    recover(turns)
    // Whatever is answered now is no answer to them.
    if (call && !isBeingAnswered(ledger, call.number)) call.interrupt()
  }

  const askAgain = createAskingAgain({ ...opts, ledger: () => ledger, happen, sounds, words })

  return {
    happen,
    look,
    type(typed) {
      const { turn } = typed
      const call = current()
      const behind = turnsToCome(call)
      const isBehindSound = opts.isByVoice() && (behind > 0 || uplink.health().heldMs > 0)
      words.add(typed, isBehindSound ? Infinity : behind > 0 || isDue(call) ? behind : null)
      if (isBehindSound) behindSound.add(turn)
      happen({ type: 'given', turn, via: 'text' })
    },
    typedWords: words,
    takeBack() {
      const presses = sounds.takeBack(current()?.number ?? 0)
      happen({ type: 'withdrawn', turns: presses })
      return presses.length > 0
    },
    pressed(press, call) {
      sounds.pressed(press, call.number)
      pressedMs = opts.clock.monotonicMs()
      happen({ type: 'captured', turn: press, session: call.number })
      look()
    },
    commitDueMs() {
      const leftMs = pressedMs + committedWithinMs - opts.clock.monotonicMs()
      return comingOn(current()) > 0 ? Math.min(Math.max(0, leftMs), lookEveryMs) : 0
    },
    hearing: (fromMs) => behindSound.hearing(fromMs),
    taken(item, call) {
      const press = sounds.taken(item, call.number)
      takenMs = opts.clock.monotonicMs()
      words.soundTaken()
      if (press?.is === 'taken back') return void journal.append([{ type: 'turn-removed', turn: item }])
      if (press?.is === 'withdrawn')
        return void journal.append([{ type: 'turn-settled', turn: item, fate: 'withdrawn' }])
      // One response at a time: behind one that goes on the service begins none.
      const asks = press === null && !call.isAnswering() ? 'service' : 'us'
      happen({ type: 'taken', turn: press?.press ?? item, as: item, via: 'voice', session: call.number, asks })
    },
    lose(end, call, isCurrent) {
      const effects = step({
        type: 'lost',
        session: call.number,
        hasSound: (turn) => (isCurrent ? uplink.isKept(turn) : sounds.of(turn).length > 0),
        sounding: (item) => opts.playback.isOutstanding(item),
      })
      const again = effects.flatMap((effect) => (effect.type === 'again' ? [effect.turn] : []))
      const captured = isCurrent ? ledger.turns.flatMap(({ id, stage }) => (stage.type === 'captured' ? [id] : [])) : []
      const toCome = again.length + captured.length + Number(isCurrent && call.isHearing())
      const before = soundBefore(ledger, journal.isBefore, again, captured)
      if (toCome > 0) words.oweSound(toCome, before)
      void journal.append(end.changes(again))
      sounds.lose(call.number, isCurrent ? again : null)
      if (isCurrent) {
        behindSound.lose((turn) => before.get(turn)?.again ?? 0)
        uplink.useLine(null)
      }
      opts.playback.loseLine(end.spoken)
      if (!isCurrent) for (const turn of again) opts.sayAgain(sounds.of(turn))
      for (const effect of effects) perform(effect)
      forgetSounds()
      tellOffer()
      look()
    },
    askAgain,
    unasked: (eventId, reason) => refuse(askedWith(ledger, eventId), reason, null),
    uncommitted(call) {
      const press = sounds.uncommitted(call.number)
      if (press !== null) refuse([press], soundRefused, call)
    },
    refused({ key, picture }) {
      const turn = ledger.turns.find(({ id, via }) => via !== 'output' && turnKey(id) === key)
      if (!turn || turn.stage.type === 'failed') return false
      const call = current()
      call?.interrupt()
      happen({ type: 'interrupted', by: 'turn' })
      refuse([turn.id], picture ? picturesRefused(picture) : wordsRefused, call)
      return true
    },
    begin: tellOffer,
    isAwaiting: () => isAwaiting(ledger),
    isAnswerDue: () => isDue(current()) && opts.clock.monotonicMs() - takenMs < beginsWithinMs,
  }
}

const isOpen = (fate: string | undefined): boolean => fate === undefined || fate === 'unanswered'
