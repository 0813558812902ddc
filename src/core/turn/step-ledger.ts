// How the ledger of turns goes on: what happens is told, what is to be done comes back. How a turn ends is settle.ts. Pure.
import {
  alter,
  isOf,
  withdraw,
  fail,
  type Asker,
  type LedgerEvent,
  type LedgerStep,
  type LedgerTurn,
  type TurnLedger,
  type TurnStage,
} from './ledger.ts'
import { endOf, heardOf, lossOf } from './settle.ts'

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
      return [
        alter(ledger, (turn) => isAskable(turn, event.session) && { stage: asked(turn, event), postponed: null }),
        [],
      ]
    case 'overruled':
      return [alter(ledger, ({ stage }) => byUs(stage, event.session)), []]
    case 'postponed':
      return [alter(ledger, (turn) => isAsked(turn, event.session) && postpone(turn, event.session)), []]
    case 'reinstated': {
      const isIt = (turn: LedgerTurn): boolean => turn.postponed === event.eventId && isAskable(turn, event.session)
      return [alter(ledger, (turn) => isIt(turn) && { stage: asked(turn, event), postponed: null }), []]
    }
    case 'refused':
      return fail(ledger, event.turns, event.reason)
    case 'began': {
      const isOurs = ledger.turns.some((turn) => isAsked(turn, event.session))
      return [alter(ledger, (turn) => begin(turn, event, isOurs)), []]
    }
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
const byUs = (stage: TurnStage, session: number): Partial<LedgerTurn> | false =>
  stage.type === 'taken' && stage.session === session && { stage: { ...stage, asks: 'us' } }
const postpone = ({ stage }: LedgerTurn, session: number): Partial<LedgerTurn> => ({
  stage: before(stage, session),
  postponed: stage.type === 'asked' ? stage.eventId : null,
})
/** As it was before our request. */
const before = (stage: TurnStage, session: number): TurnStage =>
  stage.type === 'asked' && stage.captured ? captured(session) : taken(session, 'us')
function add(
  ledger: TurnLedger,
  turn: Omit<LedgerTurn, 'repeated' | 'worked' | 'interrupted' | 'postponed'>,
): TurnLedger {
  if (ledger.turns.some(({ id }) => id === turn.id)) return ledger
  // Whoever speaks on has done with what was not answered.
  const others = turn.via === 'output' ? ledger.turns : ledger.turns.filter(({ stage }) => stage.type !== 'failed')
  return { turns: [...others, { ...turn, repeated: false, worked: false, interrupted: false, postponed: null }] }
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

/**
 * A response answers what is in the conversation of its session when it begins, and nobody has answered.
 * @param isOurs we asked for it: what came to be there behind our request is asked for with the next one
 */
function begin(
  turn: LedgerTurn,
  { session, response, has }: Extract<LedgerEvent, { type: 'began' }>,
  isOurs: boolean,
): Partial<LedgerTurn> | false {
  const { stage } = turn
  const fresh = { type: 'answering', session, response, silenced: false, items: [] } as const
  const isHere = stage.type === 'taken' && stage.session === session && (turn.via === 'voice' || has(turn.id))
  const isThere = isHere && !(isOurs && stage.asks === 'us')
  if (isAsked(turn, session) || stage.type === 'working' || isThere)
    return { interrupted: false, stage: { ...fresh, late: [] } }
  // One response at a time: of the one before nothing was heard, and its end is still to come, or never.
  const isOvertaken = stage.type === 'answering' && stage.session === session && stage.items.length === 0
  return isOvertaken && { interrupted: false, stage: { ...fresh, late: [...stage.late, stage.response] } }
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

/** The next session asks for what the one before was not asked for; what that one is saying it says to its end. */
function overtake(ledger: TurnLedger, { session }: { session: number }): TurnLedger {
  return alter(ledger, ({ stage, words }) => {
    if (stage.type !== 'taken' || stage.session !== session || words === 'awaited' || stage.asks === 'service')
      return false
    return { stage: { type: 'owed' } }
  })
}
