// The socket of a tool loop, cut at every point of it.
import { describe, expect, it } from 'vitest'
import { startAgentLine } from '../../support/agent-line.ts'
import { countTo } from '../../support/scripted-mind-of-tasks.ts'

/** Eight requests with four or five cuts each: before anything was said, and behind every event but the last. */
const points = Array.from({ length: 8 }, (_, at) =>
  [0, 1, 2, 3, 4].map((afterEvents) => ({ at: at + 1, afterEvents })),
).flat()

describe('a socket that is cut', () => {
  it('[G7] at each of 40 points of a tool loop leaves it done right, nothing twice, and said', async () => {
    expect(points).toHaveLength(40)
    for (const { at, afterEvents } of points) {
      const line = await startAgentLine({
        mind: countTo(7),
        fate: ({ number }) => (number === at ? { type: 'cut', afterEvents } : { type: 'answer' }),
      })
      const where = `request ${at}, ${afterEvents} events`
      const task = await line.run('Append seven lines.')
      expect(task, where).toMatchObject({ state: 'done', result: '7 done' })
      expect(line.effects(), where).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `line ${n}`))
      const again = line.server.requests[at]!.body
      expect(again.previous_response_id, where).toBeNull()
      expect(JSON.stringify(again.input.at(-1)), where).toContain('do not run them again')
      await line.agent.stop()
    }
  })

  it('[G7] twice in one turn leaves a draft, and its calls are run when it goes on, once', async () => {
    for (const at of [1, 3, 8]) {
      const line = await startAgentLine({
        mind: countTo(7),
        fate: ({ number }) =>
          number === at || number === at + 1 ? { type: 'cut', afterEvents: 2 } : { type: 'answer' },
      })
      const draft = await line.run('Append seven lines.')
      expect(draft.state).toBe('draft')
      expect(line.effects()).toHaveLength(at - 1)
      line.agent.retry(draft.id)
      expect(await line.ended(draft.id)).toMatchObject({ state: 'done', result: '7 done' })
      expect(line.effects()).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `line ${n}`))
      await line.agent.stop()
    }
  })
})
