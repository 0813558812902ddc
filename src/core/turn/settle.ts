// How a turn comes to its fate: its response ends, its answer has been heard, or the line is lost. Pure; part of ledger.ts.
import {
  alter,
  fail,
  isOf,
  isPersons,
  settled,
  without,
  type AnswerItem,
  type LedgerEffect,
  type LedgerEvent,
  type LedgerStep,
  type LedgerTurn,
  type TurnLedger,
  type TurnStage,
} from './ledger.ts'
import type { Ending } from './ending.ts'

const emptyAnswer = 'The service answered nothing. Ask again, or say it differently.'
const brokeOff = 'The answer broke off before you heard it; it is asked for again.'
const unheardTwice = 'The answer broke off again. Ask once more, or say it differently.'
const noWords = 'The line broke before your words were understood. Say it again, please.'

/** Of an answer that broke off by itself so little is as good as nothing. */
const momentMs = 1_000

export function endOf(ledger: TurnLedger, { response, ending }: Extract<LedgerEvent, { type: 'ended' }>): LedgerStep {
  if (ledger.turns.some((turn) => isLate(turn, response))) return endLate(ledger, response, ending)
  const turns = ledger.turns.filter((turn) => isOf(turn, response))
  const ids = turns.map(({ id }) => id)
  switch (ending.type) {
    case 'failed':
      return failed(ledger, turns, ending)
    case 'silenced':
      return hearOut(ledger, ids)
    case 'answered': {
      const told = ending.notice === null ? [] : [tell(ending.notice)]
      if (ending.spoke) return withEffects(hearOut(ledger, ids), told)
      if (ending.wrote) return [without(ledger, ids), [...turns.filter(isPersons).map(shown), ...told]]
      if (ending.calls)
        return [alter(ledger, ({ id }) => ids.includes(id) && { stage: { type: 'working' }, worked: true }), told]
      return turns.length === 0
        ? [ledger, told]
        : withEffects(fail(ledger, ids, emptyAnswer), [...told, tell(emptyAnswer)])
    }
  }
}

function isLate({ stage }: LedgerTurn, response: string): boolean {
  return (stage.type === 'answering' || stage.type === 'sounding') && stage.late.includes(response)
}

/** The end of a response that another one has overtaken: only its failure is news. */
function endLate(ledger: TurnLedger, response: string, ending: Ending): LedgerStep {
  const turns = ledger.turns.filter((turn) => isLate(turn, response))
  if (ending.type === 'failed') return failed(ledger, turns, ending, true)
  return judge(
    alter(ledger, (turn) => {
      const { stage } = turn
      if (stage.type !== 'answering' && stage.type !== 'sounding') return false
      return { stage: { ...stage, late: stage.late.filter((other) => other !== response) } }
    }),
  )
}

const shown = ({ id }: LedgerTurn): LedgerEffect => settled(id, 'shown')
const withEffects = ([ledger, effects]: LedgerStep, more: readonly LedgerEffect[]): LedgerStep => [
  ledger,
  [...effects, ...more],
]

/** What came before it broke off may be heard: then it is an answer. */
function failed(
  ledger: TurnLedger,
  turns: readonly LedgerTurn[],
  { reason, spoils }: Extract<Ending, { type: 'failed' }>,
  isOvertaken = false,
): LedgerStep {
  const ids = turns.map(({ id }) => id)
  // What has begun since is another response's.
  const items = isOvertaken ? [] : [...new Set(turns.flatMap(({ stage }) => itemsOf(stage).map(({ id }) => id)))]
  const told = [tell(reason)]
  if (!spoils && items.length > 0) return withEffects(hearOut(ledger, ids), told)
  const persons = turns.filter(isPersons).map(({ id }) => id)
  const back: LedgerEffect[] = spoils ? [{ type: 'roll-back', turns: persons, items }] : []
  return withEffects(fail(ledger, ids, reason), [...back, ...told])
}

export function itemsOf(stage: TurnStage): readonly AnswerItem[] {
  return stage.type === 'answering' || stage.type === 'sounding' ? stage.items : []
}

/** The response is over; the fate is known when the speaker is done with it. */
function hearOut(ledger: TurnLedger, ids: readonly string[]): LedgerStep {
  const next = alter(ledger, ({ id, stage }) => {
    if (!ids.includes(id) || stage.type !== 'answering') return false
    const { session, silenced, items, late } = stage
    return { stage: { type: 'sounding', session, silenced, items, late } }
  })
  return judge(next)
}

export function heardOf(
  ledger: TurnLedger,
  { item, words, cut, ms }: Extract<LedgerEvent, { type: 'heard' }>,
): LedgerStep {
  const next = alter(ledger, ({ stage }) => {
    if (stage.type !== 'answering' && stage.type !== 'sounding') return false
    const items = stage.items.map((one) => (one.id === item ? { ...one, heard: { words, cut, ms } } : one))
    return { stage: { ...stage, items } }
  })
  return judge(next)
}

/** Every turn whose answer has been heard, or will never be, gets its fate. */
function judge(ledger: TurnLedger): LedgerStep {
  const effects: LedgerEffect[] = []
  let next = ledger
  for (const turn of ledger.turns) {
    const { stage } = turn
    if (stage.type !== 'sounding' || stage.late.length > 0 || stage.items.some(({ heard }) => heard === null)) continue
    const wasHeard = stage.items.some(({ heard }) => heard !== null && isHeard(heard, stage.silenced))
    if (wasHeard) {
      next = without(next, [turn.id])
      const wasCut = stage.items.some(({ heard }) => heard?.cut === true)
      if (isPersons(turn)) effects.push(settled(turn.id, wasCut ? 'cut' : 'answered'))
    } else {
      const [after, more] = unheard(next, turn, stage)
      next = after
      effects.push(...more)
    }
  }
  return [next, distinct(effects)]
}

function isHeard({ words, cut, ms }: NonNullable<AnswerItem['heard']>, silenced: boolean): boolean {
  return words && (silenced || !cut || ms >= momentMs)
}

/** Nothing of it reached the ear: what the person said next is answered together with it, else it is asked for once more. */
function unheard(
  ledger: TurnLedger,
  turn: LedgerTurn,
  { session, silenced, items }: Extract<TurnStage, { type: 'sounding' }>,
): LedgerStep {
  const isOver = silenced && turn.repeated
  if (isOver) return [without(ledger, [turn.id]), isPersons(turn) ? [settled(turn.id, 'withdrawn')] : []]
  if (session === null && turn.words !== 'known' && isPersons(turn)) {
    // No words and no sound can ask for it again: what was heard of the answer is all there will be.
    const isSome = items.some(({ heard }) => heard?.words === true)
    if (isSome) return [without(ledger, [turn.id]), [settled(turn.id, 'cut')]]
    return withEffects(fail(ledger, [turn.id], noWords), [tell(noWords)])
  }
  if (!silenced && turn.repeated) return withEffects(fail(ledger, [turn.id], unheardTwice), [tell(unheardTwice)])
  const stage: TurnStage = session === null ? { type: 'owed' } : { type: 'taken', session, asks: 'us' }
  const next = alter(ledger, ({ id, repeated }) => id === turn.id && { stage, repeated: repeated || !silenced })
  return [next, silenced ? [] : [tell(brokeOff)]]
}

/** The session is gone. Nothing of it that was answered is asked again, and nothing else is dropped. */
export function lossOf(
  ledger: TurnLedger,
  { session, hasSound, sounding }: Extract<LedgerEvent, { type: 'lost' }>,
): LedgerStep {
  const effects: LedgerEffect[] = []
  let next = ledger
  for (const turn of ledger.turns) {
    const { id, stage } = turn
    if (!('session' in stage) || stage.session !== session) continue
    if (stage.type === 'captured' || (stage.type === 'asked' && stage.captured)) {
      // Its sound is sent again before anything else.
      next = alter(next, (one) => one.id === id && { stage: { type: 'captured', session: null } })
      continue
    }
    const items = itemsOf(stage).filter((item) => item.heard !== null || sounding(item.id))
    if (items.length > 0 || stage.type === 'sounding') {
      // What has begun to sound goes on; it is an answer as far as it goes.
      const silenced = 'silenced' in stage && stage.silenced
      const words = turn.words === 'awaited' ? 'none' : turn.words
      next = alter(
        next,
        (one) => one.id === id && { words, stage: { type: 'sounding', session: null, silenced, items, late: [] } },
      )
      continue
    }
    if (turn.worked && isPersons(turn) && turn.words !== 'known') {
      // Its sound would have them run again.
      next = alter(next, (one) => one.id === id && { words: 'none', stage: { type: 'working' } })
      continue
    }
    const [after, more] = askOnNext(next, turn, hasSound(id))
    next = after
    effects.push(...more)
  }
  const [judged, fates] = judge(next)
  return [judged, distinct([...effects, ...fates])]
}

function askOnNext(ledger: TurnLedger, turn: LedgerTurn, hasSound: boolean): LedgerStep {
  const { id } = turn
  if (turn.words === 'known' || turn.via === 'output')
    return [alter(ledger, (one) => one.id === id && { stage: { type: 'owed' } }), []]
  if (hasSound) return [without(ledger, [id]), [{ type: 'again', turn: id }]]
  return withEffects(fail(ledger, [id], noWords), [tell(noWords)])
}

const tell = (message: string): LedgerEffect => ({ type: 'tell', message })

/** One response answers several turns; the person is told once. */
function distinct(effects: readonly LedgerEffect[]): LedgerEffect[] {
  return effects.filter(
    (effect, at) =>
      effect.type !== 'tell' ||
      effects.findIndex((other) => other.type === 'tell' && other.message === effect.message) === at,
  )
}
