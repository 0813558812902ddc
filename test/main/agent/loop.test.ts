// A tool loop over one socket: what is sent, and that it is done once.
import { describe, expect, it } from 'vitest'
import { startAgentLine } from '../../support/agent-line.ts'
import { countTo } from '../../support/scripted-mind-of-tasks.ts'

describe('a tool loop', () => {
  it('[G1] sends only what is new, with instructions and tools, whatever the history', async () => {
    const line = await startAgentLine({ mind: countTo(20) })
    const task = await line.run('Append twenty lines.')
    expect(task).toMatchObject({ state: 'done', result: '20 done' })
    expect(line.effects()).toEqual(Array.from({ length: 20 }, (_, at) => `line ${at + 1}`))
    const { requests } = line.server
    expect(requests).toHaveLength(21)
    expect(requests[0]!.body.previous_response_id).toBeNull()
    for (const { body } of requests.slice(1)) {
      expect(body.input.map(({ type }) => type)).toEqual(['function_call_output'])
      expect(body).toMatchObject({ store: false, instructions: 'Do what is asked.' })
      expect(body.tools).toHaveLength(1)
    }
    const bytes = requests.slice(1).map((request) => request.bytes)
    expect(Math.max(...bytes) - Math.min(...bytes)).toBeLessThan(16)
  })
})
