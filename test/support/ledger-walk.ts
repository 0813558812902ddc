// Random walks of the ledger of turns: any events about a handful of turns, sessions, responses and items, in any order, late,
// doubled and missing; and what has to hold after each of them. The step is an argument, so that a planted bug can be caught.
import fc from 'fast-check'
import {
  noTurns,
  wantsAsking,
  type LedgerEffect,
  type LedgerEvent,
  type LedgerTurn,
  type TurnLedger,
} from '../../src/core/turn/ledger.ts'
import type { stepLedger } from '../../src/core/turn/step-ledger.ts'

export type Step = typeof stepLedger

const session = fc.integer({ min: 1, max: 2 })
const number = fc.integer({ min: 0, max: 2 })
const response = number.map((n) => `r${n}`)
const item = number.map((n) => `i${n}`)

/** `pick` chooses among the turns that there are. */
const anyMove = fc.oneof(
  fc.record({ do: fc.constant('new' as const), via: fc.constantFrom('voice', 'text', 'output'), session }),
  fc.record({ do: fc.constant('take' as const), pick: fc.nat(5), session, own: fc.boolean() }),
  fc.record({ do: fc.constant('words' as const), pick: fc.nat(5), known: fc.boolean() }),
  fc.record({ do: fc.constant('ask' as const), session }),
  fc.record({ do: fc.constant('postpone' as const), session }),
  fc.record({ do: fc.constant('begin' as const), session, response }),
  fc.record({ do: fc.constant('speak' as const), response, item }),
  fc.record({
    do: fc.constant('end' as const),
    session,
    response,
    how: fc.constantFrom('spoke', 'wrote', 'called', 'empty', 'silenced', 'failed', 'spoiled'),
    twice: fc.boolean(),
  }),
  fc.record({ do: fc.constant('hear' as const), item, words: fc.boolean(), cut: fc.boolean(), ms: fc.nat(3_000) }),
  fc.record({ do: fc.constant('interrupt' as const), by: fc.constantFrom('turn', 'hush', 'tap') }),
  fc.record({ do: fc.constant('lose' as const), session, hasSound: fc.boolean(), sounding: fc.boolean() }),
  fc.record({ do: fc.constant('overtake' as const), session }),
  fc.record({ do: fc.constant('refuse' as const), pick: fc.nat(5) }),
  fc.record({ do: fc.constant('withdraw' as const), pick: fc.nat(5) }),
  fc.record({ do: fc.constant('retry' as const), pick: fc.nat(5) }),
)
export type Move = typeof anyMove extends fc.Arbitrary<infer Value> ? Value : never

export const anyWalk = fc.array(anyMove, { minLength: 1, maxLength: 60, size: 'max' })

/** @returns what did not hold, a sentence each */
export function walkLedger(moves: readonly Move[], step: Step, asks: typeof wantsAsking = wantsAsking): string[] {
  const broken: string[] = []
  const over = new Set<string>()
  const order: string[] = []
  let ledger: TurnLedger = noTurns
  let serial = 0

  function happen(event: LedgerEvent): void {
    const before = ledger
    const [next, effects] = step(before, event)
    ledger = next
    if (event.type === 'captured' || event.type === 'given') order.push(event.turn)
    if (event.type === 'taken' && !order.includes(event.turn)) order.push(event.turn)
    broken.push(...judge(before, next, effects, event))
  }

  function judge(
    before: TurnLedger,
    after: TurnLedger,
    effects: readonly LedgerEffect[],
    event: LedgerEvent,
  ): string[] {
    const fates = effects.filter((effect) => effect.type === 'settle')
    const wrong: string[] = []
    for (const { turn, fate } of fates) {
      if (over.has(turn)) wrong.push(`a turn whose fate was known got another: ${turn}`)
      if (fate !== 'unanswered') over.add(turn)
    }
    for (const effect of effects) if (effect.type === 'again') over.add(effect.turn)
    for (const { id } of after.turns) if (over.has(id)) wrong.push(`what is over is still asked for: ${id}`)
    const told = new Set(effects.flatMap((effect) => ('turn' in effect ? [effect.turn] : [])))
    for (const turn of before.turns) {
      const isGone = !after.turns.some(({ id }) => id === turn.id)
      // What failed was told then; whoever speaks on has done with it.
      const isDone = turn.stage.type === 'failed' || turn.via === 'output' || told.has(turn.id)
      if (isGone && !isDone) wrong.push(`dropped in silence: ${turn.id}`)
    }
    const places = after.turns.map(({ id }) => order.indexOf(id))
    if (places.some((place, at) => at > 0 && place < (places[at - 1] ?? 0))) wrong.push('out of order')
    if (event.type === 'ended') wrong.push(...untouched(before, after, event.response))
    if (event.type === 'lost')
      for (const { id, stage } of after.turns)
        if ('session' in stage && stage.session === event.session) wrong.push(`waits for a line that is gone: ${id}`)
    return wrong
  }

  /** The end of a response concerns the turns that it answered and no others. */
  function untouched(before: TurnLedger, after: TurnLedger, ended: string): string[] {
    return before.turns.flatMap((turn) => {
      const now = after.turns.find(({ id }) => id === turn.id)
      return isAnsweredBy(turn, ended) || JSON.stringify(now) === JSON.stringify(turn)
        ? []
        : [`changed by the end of another response: ${turn.id}`]
    })
  }

  function chosen(pick: number): LedgerTurn | undefined {
    return ledger.turns[pick % Math.max(1, ledger.turns.length)]
  }

  for (const move of moves) {
    const turn = 'pick' in move ? chosen(move.pick) : undefined
    if ('pick' in move && !turn) continue
    const id = turn?.id ?? ''
    switch (move.do) {
      case 'new':
        if (move.via === 'voice') happen({ type: 'captured', turn: `t${serial++}`, session: move.session })
        else happen({ type: 'given', turn: `t${serial++}`, via: move.via })
        break
      case 'take':
        happen({
          type: 'taken',
          turn: id,
          via: turn?.via ?? 'voice',
          session: move.session,
          asks: move.own ? 'us' : 'service',
        })
        break
      case 'words':
        happen({ type: 'words', turn: id, known: move.known })
        break
      case 'ask': {
        const isOthers = ledger.turns.some(
          ({ stage }) => stage.type === 'taken' && stage.session === move.session && stage.asks === 'service',
        )
        const isCaptured = ledger.turns.some(({ stage }) => stage.type === 'captured' && stage.session === move.session)
        if (!asks(ledger, move.session)) break
        if (isOthers && !isCaptured) broken.push('asked for beside what the service answers by itself')
        happen({ type: 'asked', session: move.session, eventId: `e${serial++}` })
        break
      }
      case 'postpone':
        happen({ type: 'postponed', session: move.session })
        break
      case 'begin':
        happen({ type: 'began', session: move.session, response: move.response, has: () => true })
        break
      case 'speak':
        happen({ type: 'spoke', response: move.response, item: move.item })
        break
      case 'end': {
        const event: LedgerEvent = {
          type: 'ended',
          session: move.session,
          response: move.response,
          ending:
            move.how === 'silenced'
              ? { type: 'silenced' }
              : move.how === 'failed' || move.how === 'spoiled'
                ? { type: 'failed', reason: 'No.', spoils: move.how === 'spoiled' }
                : {
                    type: 'answered',
                    spoke: move.how === 'spoke',
                    wrote: move.how === 'wrote',
                    calls: move.how === 'called',
                    notice: null,
                  },
        }
        happen(event)
        if (move.twice) happen(event)
        break
      }
      case 'hear':
        happen({ type: 'heard', item: move.item, words: move.words, cut: move.cut, ms: move.ms })
        break
      case 'interrupt':
        happen({ type: 'interrupted', by: move.by })
        break
      case 'lose':
        happen({
          type: 'lost',
          session: move.session,
          hasSound: () => move.hasSound,
          sounding: () => move.sounding,
        })
        break
      case 'overtake':
        happen({ type: 'overtaken', session: move.session })
        break
      case 'refuse':
        happen({ type: 'refused', turns: [id], reason: 'No.' })
        break
      case 'withdraw':
        happen({ type: 'withdrawn', turns: [id] })
        break
      case 'retry':
        if (turn?.stage.type === 'failed') happen({ type: 'retried', turns: [id] })
        break
    }
  }
  return broken
}

function isAnsweredBy({ stage }: LedgerTurn, response: string): boolean {
  if (stage.type === 'answering') return stage.response === response || stage.late.includes(response)
  return stage.type === 'sounding' && stage.late.includes(response)
}
