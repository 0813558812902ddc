// Which turns still want an answer, and what becomes of each: one machine per turn of the person (spoken, pressed, typed) and per
// output of a function that wants to be spoken of. Every response knows which turns it answers, and whatever goes wrong with it
// concerns those and no others. Pure: what happens is told, what is to be done comes back. How it ends is settle.ts.
import type { Fate } from '../conversation/change.ts'
import { endOf, heardOf, lossOf, type Ending } from './settle.ts'

export type TurnStage =
  /** Its sound is on its way: the service has not made a turn of it. `session` is null while there is no line. */
  | { type: 'captured'; session: number | null }
  /** No session has it and asks for it; the next one is given it. */
  | { type: 'owed' }
  /** A session has it. `asks`: who asks for the answer. */
  | { type: 'taken'; session: number; asks: Asker }
  /** Its response asked for functions: with the response to their outputs it is answered, whichever session that is on. */
  | { type: 'working' }
  /** Our request for a response is under way; `captured`: the service has not yet made a turn of the sound before it. */
  | { type: 'asked'; session: number; eventId: string; captured: boolean }
  | ({ type: 'answering'; session: number; response: string } & Answer)
  /** The response is over, and its sound still on its way to the ear. `session` is null when that is gone. */
  | ({ type: 'sounding'; session: number | null } & Answer)
  /** Nobody answered: it is offered to be asked again. */
  | { type: 'failed'; reason: string }

export type Asker = 'service' | 'us'

export interface Answer {
  /** The person spoke over it, which may have been before a word was heard. */
  silenced: boolean
  items: readonly AnswerItem[]
  /** Responses to the same turn that this one has overtaken: should one of them turn out to have failed, this turn has. */
  late: readonly string[]
}

export interface AnswerItem {
  id: string
  /** Null until the speaker is done with it. `ms`: how much of it was played. */
  heard: { words: boolean; cut: boolean; ms: number } | null
}

export interface LedgerTurn {
  id: string
  via: 'voice' | 'text' | 'output'
  words: 'awaited' | 'known' | 'none'
  stage: TurnStage
  /** Asked again by itself after an answer of which nothing was heard; not a second time. */
  repeated: boolean
  /** Its answer was interrupted before it began; whether by words of their own is not known yet. */
  interrupted: boolean
}

/** Turns whose fate is open, in the order of the conversation. */
export interface TurnLedger {
  turns: readonly LedgerTurn[]
}

export type LedgerEvent =
  /** The key went up: the sound of a turn is with that session, or waits for one. */
  | { type: 'captured'; turn: string; session: number | null }
  /** A session has the turn as an item. `as`: the name it gives to what was captured as `turn`. */
  | { type: 'taken'; turn: string; as?: string; via: LedgerTurn['via']; session: number; asks: Asker }
  /** Typed, or a function's output, whether there is a line or not. */
  | { type: 'given'; turn: string; via: 'text' | 'output' }
  | { type: 'words'; turn: string; known: boolean }
  | { type: 'asked'; session: number; eventId: string }
  /** Our request has to wait for the end of a response that the service began. */
  | { type: 'postponed'; session: number }
  | { type: 'refused'; turns: readonly string[]; reason: string }
  | { type: 'began'; session: number; response: string }
  | { type: 'spoke'; response: string; item: string }
  | { type: 'ended'; session: number; response: string; ending: Ending }
  /** The speaker is done with an item of the voice. */
  | { type: 'heard'; item: string; words: boolean; cut: boolean; ms: number }
  /**
   * `turn`: by words of their own, which the next response answers as well. `hush`: the person wants no answer. `tap`: what
   * seemed to become words was the wish for silence.
   */
  | { type: 'interrupted'; by: 'turn' | 'hush' | 'tap' }
  | { type: 'lost'; session: number; hasSound: (turn: string) => boolean; sounding: (item: string) => boolean }
  /** Another session carries the conversation; this one ends what it has begun. */
  | { type: 'overtaken'; session: number }
  /** Taken back, or put aside by the person. */
  | { type: 'withdrawn'; turns: readonly string[] }
  /** The person wants those that failed asked again. */
  | { type: 'retried'; turns: readonly string[] }

export type LedgerEffect =
  | { type: 'settle'; turn: string; fate: Fate; reason: string | null }
  /** Its sound is sent once more, as a turn of its own. */
  | { type: 'again'; turn: string }
  | { type: 'tell'; message: string }
  /** The exchange is spoiled: the turns go out of the conversation, with what the response began. */
  | { type: 'roll-back'; turns: readonly string[]; items: readonly string[] }

export type LedgerStep = readonly [ledger: TurnLedger, effects: readonly LedgerEffect[]]

export const noTurns: TurnLedger = { turns: [] }

/** The next ledger and what is to be done, in order. Never throws; an event about nothing that is open changes nothing. */
export function stepLedger(ledger: TurnLedger, event: LedgerEvent): LedgerStep {
  switch (event.type) {
    case 'captured':
      return [capture(ledger, event), []]
    case 'given':
      return [add(ledger, { id: event.turn, via: event.via, words: 'known', stage: { type: 'owed' } }), []]
    case 'taken':
      return [take(ledger, event), []]
    case 'words':
      return [alter(ledger, (turn) => turn.id === event.turn && { words: event.known ? 'known' : 'none' }), []]
    case 'asked':
      return [alter(ledger, (turn) => isAskable(turn, event.session) && { stage: asked(turn, event) }), []]
    case 'postponed':
      return [alter(ledger, (turn) => isAsked(turn, event.session) && { stage: before(turn.stage, event.session) }), []]
    case 'refused':
      return fail(ledger, event.turns, event.reason)
    case 'began':
      return [alter(ledger, (turn) => begin(turn, event)), []]
    case 'spoke':
      return [alter(ledger, (turn) => isOf(turn, event.response) && { stage: withItem(turn.stage, event.item) }), []]
    case 'ended':
      return endOf(ledger, event)
    case 'heard':
      return heardOf(ledger, event)
    case 'interrupted':
      return interrupt(ledger, event.by)
    case 'lost':
      return lossOf(ledger, event)
    case 'overtaken':
      return [overtake(ledger, event), []]
    case 'withdrawn':
      return withdraw(ledger, event.turns)
    case 'retried':
      return [alter(ledger, (turn) => event.turns.includes(turn.id) && { stage: { type: 'owed' } }), []]
  }
}

const captured = (session: number | null): TurnStage => ({ type: 'captured', session })
const taken = (session: number, asks: Asker): TurnStage => ({ type: 'taken', session, asks })
const asked = ({ stage }: LedgerTurn, { session, eventId }: { session: number; eventId: string }): TurnStage => ({
  type: 'asked',
  session,
  eventId,
  captured: stage.type === 'captured',
})
/** As it was before our request. */
const before = (stage: TurnStage, session: number): TurnStage =>
  stage.type === 'asked' && stage.captured ? captured(session) : taken(session, 'us')
export function alter(ledger: TurnLedger, change: (turn: LedgerTurn) => Partial<LedgerTurn> | false): TurnLedger {
  return { turns: ledger.turns.map((turn) => ({ ...turn, ...(change(turn) || {}) })) }
}

export function without(ledger: TurnLedger, turns: readonly string[]): TurnLedger {
  return { turns: ledger.turns.filter(({ id }) => !turns.includes(id)) }
}

function add(ledger: TurnLedger, turn: Omit<LedgerTurn, 'repeated' | 'interrupted'>): TurnLedger {
  if (ledger.turns.some(({ id }) => id === turn.id)) return ledger
  // Whoever speaks on has done with what was not answered.
  const others = turn.via === 'output' ? ledger.turns : ledger.turns.filter(({ stage }) => stage.type !== 'failed')
  return { turns: [...others, { ...turn, repeated: false, interrupted: false }] }
}

function capture(ledger: TurnLedger, { turn, session }: { turn: string; session: number | null }): TurnLedger {
  const begun = add(ledger, { id: turn, via: 'voice', words: 'awaited', stage: captured(session) })
  return alter(begun, ({ id, stage }) => id === turn && stage.type === 'captured' && { stage: captured(session) })
}

/** What was captured, owed or handed on becomes an item of the session; what is being answered already stays so. */
function take(ledger: TurnLedger, event: Extract<LedgerEvent, { type: 'taken' }>): TurnLedger {
  const { turn: name, as = name, via, session, asks } = event
  const stage = taken(session, asks)
  const known = ledger.turns.find(({ id }) => id === name)
  if (!known) return add(ledger, { id: as, via, words: via === 'voice' ? 'awaited' : 'known', stage })
  const isTaken = known.stage.type !== 'captured' && known.stage.type !== 'owed' && known.stage.type !== 'asked'
  if (isTaken) return ledger
  return alter(ledger, (turn) => {
    if (turn.id !== name) return false
    // A request that was sent behind its sound asks for this very turn.
    if (turn.stage.type !== 'asked' || turn.stage.session !== session) return { id: as, stage }
    return { id: as, stage: { ...turn.stage, captured: false } }
  })
}

/** A request for a response answers everything that the session has and nobody answers yet. */
function isAskable(turn: LedgerTurn, session: number): boolean {
  const { stage } = turn
  return (stage.type === 'taken' || stage.type === 'captured') && stage.session === session
}

function isAsked({ stage }: LedgerTurn, session: number): boolean {
  return stage.type === 'asked' && stage.session === session
}

/** A response answers what is in the conversation of its session when it begins, and nobody has answered. */
function begin(
  turn: LedgerTurn,
  { session, response }: { session: number; response: string },
): Partial<LedgerTurn> | false {
  const { stage } = turn
  const fresh = { type: 'answering', session, response, silenced: false, items: [] } as const
  if (isAsked(turn, session) || stage.type === 'working' || (stage.type === 'taken' && stage.session === session))
    return { interrupted: false, stage: { ...fresh, late: [] } }
  // The end of the one that was silenced is still to come.
  const isOvertaken =
    stage.type === 'answering' && stage.session === session && stage.silenced && stage.items.length === 0
  return isOvertaken && { interrupted: false, stage: { ...fresh, late: [...stage.late, stage.response] } }
}

export function isOf({ stage }: LedgerTurn, response: string): boolean {
  return stage.type === 'answering' && stage.response === response
}

function withItem(stage: TurnStage, item: string): TurnStage {
  if (stage.type !== 'answering' || stage.items.some(({ id }) => id === item)) return stage
  return { ...stage, items: [...stage.items, { id: item, heard: null }] }
}

function interrupt(ledger: TurnLedger, by: 'turn' | 'hush' | 'tap'): LedgerStep {
  switch (by) {
    case 'turn':
      return [alter(ledger, spokenOver), []]
    case 'tap':
      return silenceTurns(ledger, ({ interrupted }) => interrupted)
    case 'hush':
      return silenceTurns(ledger, ({ stage }) => stage.type !== 'captured')
  }
}

/** Of an answer that had not begun, the response to the words that interrupt takes over what it should have said. */
function spokenOver({ stage }: LedgerTurn): Partial<LedgerTurn> | false {
  switch (stage.type) {
    case 'answering':
    case 'sounding':
      return { interrupted: true, stage: { ...stage, silenced: true } }
    case 'asked':
      return { interrupted: true, stage: before(stage, stage.session) }
    default:
      return false
  }
}

function silenceTurns(ledger: TurnLedger, which: (turn: LedgerTurn) => boolean): LedgerStep {
  const isSounding = ({ stage }: LedgerTurn): boolean =>
    (stage.type === 'answering' || stage.type === 'sounding') && stage.items.length > 0
  const silent = ledger.turns.filter((turn) => which(turn) && !isSounding(turn)).map(({ id }) => id)
  const [rest, effects] = withdraw(ledger, silent)
  // What has begun to sound tells by itself how much of it was heard; it is not asked for again.
  return [alter(rest, (turn) => which(turn) && { ...spokenOver(turn), repeated: true }), effects]
}

export function withdraw(ledger: TurnLedger, turns: readonly string[]): LedgerStep {
  const gone = ledger.turns.filter(({ id }) => turns.includes(id))
  return [without(ledger, turns), gone.filter(isPersons).map(({ id }) => settled(id, 'withdrawn'))]
}

export function fail(ledger: TurnLedger, turns: readonly string[], reason: string): LedgerStep {
  const failing = ledger.turns.filter(({ id }) => turns.includes(id))
  const outputs = failing.filter((turn) => !isPersons(turn)).map(({ id }) => id)
  const next = alter(
    without(ledger, outputs),
    (turn) => turns.includes(turn.id) && { stage: { type: 'failed', reason } },
  )
  return [next, failing.filter(isPersons).map(({ id }) => settled(id, 'unanswered', reason))]
}

export function settled(turn: string, fate: Fate, reason: string | null = null): LedgerEffect {
  return { type: 'settle', turn, fate, reason }
}

export const isPersons = ({ via }: LedgerTurn): boolean => via !== 'output'

/** The next session asks for what the one before was not asked for; what that one is saying it says to its end. */
function overtake(ledger: TurnLedger, { session }: { session: number }): TurnLedger {
  return alter(ledger, ({ stage, words }) => {
    if (stage.type !== 'taken' || stage.session !== session || words === 'awaited' || stage.asks === 'service')
      return false
    return { stage: { type: 'owed' } }
  })
}

/** The session should be asked for a response: somebody waits for one there, and nobody else asks. */
export function wantsAsking({ turns }: TurnLedger, session: number): boolean {
  const asks = (who: Asker): boolean =>
    turns.some(({ stage }) => stage.type === 'taken' && stage.session === session && stage.asks === who)
  const isCaptured = turns.some(({ stage }) => stage.type === 'captured' && stage.session === session)
  return isCaptured || (asks('us') && !asks('service'))
}

/** Something was said that waits for a line. */
export function isAwaiting({ turns }: TurnLedger): boolean {
  return turns.some(({ stage }) => stage.type === 'captured' || stage.type === 'owed')
}

/** What was said is about to become a turn, or the service about to begin the answer to it. */
export function isUnderWay({ turns }: TurnLedger, session: number): boolean {
  return turns.some(({ stage }) => {
    if (stage.type === 'captured' || (stage.type === 'asked' && stage.captured)) return stage.session === session
    return stage.type === 'taken' && stage.asks === 'service' && stage.session === session
  })
}

/** Turns of the person that can be asked again. */
export function offered(ledger: TurnLedger): string[] {
  return ledger.turns.filter(({ stage }) => stage.type === 'failed').map(({ id }) => id)
}

/** No session has these, although they are words that one can be given. */
export function owed(ledger: TurnLedger): readonly LedgerTurn[] {
  return ledger.turns.filter(({ stage }) => stage.type === 'owed')
}

/** The service may still have to be told the sound of it: nobody has answered it, and no words can stand for it. */
export function needsSound({ turns }: TurnLedger, turn: string): boolean {
  const known = turns.find(({ id }) => id === turn)
  if (!known) return false
  const { stage, words } = known
  return stage.type === 'captured' || stage.type === 'failed' || (words !== 'known' && stage.type !== 'sounding')
}

/** Turns that were asked for with this request. */
export function askedWith({ turns }: TurnLedger, eventId: string): string[] {
  return turns.filter(({ stage }) => stage.type === 'asked' && stage.eventId === eventId).map(({ id }) => id)
}

/** A response is asked for or under way that answers one of them. */
export function isBeingAnswered({ turns }: TurnLedger, session: number): boolean {
  return turns.some(({ stage }) => (stage.type === 'asked' || stage.type === 'answering') && stage.session === session)
}

/** The ledger of a conversation that is opened again: what nobody answered before Parley ended is offered. */
export function beginLedger(last: { id: string; isQuestion: boolean } | null): TurnLedger {
  if (last?.isQuestion !== true) return noTurns
  const reason = 'Parley ended before this was answered.'
  const stage: TurnStage = { type: 'failed', reason }
  return { turns: [{ id: last.id, via: 'voice', words: 'known', stage, repeated: false, interrupted: false }] }
}
