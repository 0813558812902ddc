// Whose event is it: by lane and response id, whatever the order of arrival.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchEvent, type Exchange, type TurnEnd } from '../../../src/core/agent/exchange.ts'
import { parseAgentEvent } from '../../../src/core/agent/parse.ts'
import { answerEvents } from '../../support/responses-events.ts'
import { say } from '../../support/scripted-mind-of-tasks.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 300)

/** What each exchange heard in the end, after events of all lanes came in any order that keeps each lane's own. */
function play(lanes: readonly string[], order: readonly number[], strays: readonly string[]): Map<string, string> {
  let open: Exchange[] = lanes.map((lane) => ({ lane, isTrial: false, response: null, items: [] }))
  const queues = lanes.map((lane) =>
    answerEvents(`resp_${lane}`, [say(lane)], 'completed').map((event) => ({ ...event, stream_id: lane })),
  )
  const noise = strays.map((id) => answerEvents(id, [say('noise')], 'completed').at(-1)!)
  const heard = new Map<string, string>()
  const take = (event: object): void => {
    const parsed = parseAgentEvent(JSON.stringify(event))
    if (parsed.type !== 'known') return
    const matched = matchEvent(open, parsed.event)
    if (matched.type === 'begun')
      open = open.map((one) => (one === matched.exchange ? { ...one, response: matched.response } : one))
    if (matched.type === 'over') {
      open = open.filter((one) => one !== matched.exchange)
      heard.set(matched.exchange.lane ?? '', textOf(matched.end))
    }
  }
  for (const at of order) {
    const event = queues[at % lanes.length]!.shift()
    if (event) take(event)
    const stray = noise.shift()
    if (stray) take({ ...stray, stream_id: lanes[at % lanes.length] })
  }
  for (const event of queues.flat()) take(event)
  return heard
}

function textOf(end: TurnEnd): string {
  return end.type === 'answered' ? JSON.stringify(end.response.output[0]!['content']) : end.type
}

describe('matching events', () => {
  it('[G3] gives every lane its own answer, in any interleaving and with tails of what was given up', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(5), { maxLength: 40 }),
        fc.array(fc.stringMatching(/^gone_[a-z]{1,3}$/), { maxLength: 10 }),
        (lanes, order, strays) => {
          const heard = play(lanes, order, strays)
          expect([...heard.keys()].sort()).toEqual([...lanes].sort())
          for (const [lane, text] of heard) expect(text).toContain(`"text":"${lane}"`)
        },
      ),
      { numRuns: runs },
    )
  })

  it('[G3] an end whose id was not announced on the lane is nobody’s', () => {
    const open: Exchange[] = [{ lane: 'a', isTrial: false, response: 'resp_1', items: [] }]
    const end = parseAgentEvent(JSON.stringify({ ...answerEvents('resp_2', [], 'completed').at(-1), stream_id: 'a' }))
    if (end.type !== 'known') throw new Error(end.type)
    expect(matchEvent(open, end.event)).toEqual({ type: 'stray' })
  })

  it('[G3] an error that names no lane is doubt for all in flight on named ones, and an answer to the only one', () => {
    const error = {
      type: 'error',
      lane: null,
      fault: { status: 500, code: 'x', param: '', message: '', retryAfterMs: null },
    } as const
    const one: Exchange = { lane: 'a', isTrial: false, response: null, items: [] }
    expect(matchEvent([one], error)).toMatchObject({ type: 'over', exchange: one })
    expect(matchEvent([one, { ...one, lane: 'b' }], error)).toMatchObject({ type: 'doubtful' })
    expect(matchEvent([], error)).toEqual({ type: 'stray' })
  })
})
