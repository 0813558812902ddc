// Which turns still want an answer, and what becomes of each: one machine per turn of the person (spoken, pressed, typed) and per
// output of a function that wants to be spoken of. Every response knows which turns it answers, and whatever goes wrong with it
// concerns those and no others. Pure values and questions; how one follows from the other is step-ledger.ts.
import type { Fate } from '../conversation/change.ts'
import type { Ending } from './ending.ts'

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
  /** Functions ran for it: whoever answers it goes on from their outputs. */
  worked: boolean
  /** Its answer was interrupted before it began; whether by words of their own is not known yet. */
  interrupted: boolean
  /** Our request for it, when it had to wait for the end of another response; should it begin all the same, it was not refused. */
  postponed: string | null
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
  /** The service can't begin a response by itself to what it took: another one goes on. */
  | { type: 'overruled'; session: number }
  /** Our request has to wait for the end of a response that the service began. */
  | { type: 'postponed'; session: number }
  /** It does not: that response is ours, and the refusal was of one that the service would have begun. */
  | { type: 'reinstated'; session: number; eventId: string }
  | { type: 'refused'; turns: readonly string[]; reason: string }
  /** `has`: the session had the turn when that was told. */
  | { type: 'began'; session: number; response: string; has: (turn: string) => boolean }
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

export function alter(ledger: TurnLedger, change: (turn: LedgerTurn) => Partial<LedgerTurn> | false): TurnLedger {
  return { turns: ledger.turns.map((turn) => ({ ...turn, ...(change(turn) || {}) })) }
}

export function without(ledger: TurnLedger, turns: readonly string[]): TurnLedger {
  return { turns: ledger.turns.filter(({ id }) => !turns.includes(id)) }
}

export function isOf({ stage }: LedgerTurn, response: string): boolean {
  return stage.type === 'answering' && stage.response === response
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

/** Another session is still saying the answer to an earlier turn, of which this one knows the question alone. */
export function isAnsweredElsewhere({ turns }: TurnLedger, session: number): boolean {
  return turns.some(
    ({ stage }) => (stage.type === 'answering' || stage.type === 'sounding') && stage.session !== session,
  )
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

/** How many turns of what was said by key are about to become items of the session. */
export function capturedOn({ turns }: TurnLedger, session: number | null): number {
  return turns.filter(
    ({ stage }) =>
      (stage.type === 'captured' || (stage.type === 'asked' && stage.captured)) && stage.session === session,
  ).length
}

/** The service is about to begin an answer by itself. */
export function isAnswerDue({ turns }: TurnLedger, session: number): boolean {
  return turns.some(({ stage }) => stage.type === 'taken' && stage.asks === 'service' && stage.session === session)
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
  return {
    turns: [
      {
        id: last.id,
        via: 'voice',
        words: 'known',
        stage,
        repeated: false,
        worked: false,
        interrupted: false,
        postponed: null,
      },
    ],
  }
}
