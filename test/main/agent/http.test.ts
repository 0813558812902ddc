// A service that takes no sockets: the same tasks over HTTP.
import { describe, expect, it } from 'vitest'
import { startAgentLine } from '../../support/agent-line.ts'
import { countTo } from '../../support/scripted-mind-of-tasks.ts'

describe('without sockets', () => {
  it.each([
    ['at once', 426, 1],
    ['after three refusals', 404, 3],
    ['after three refusals', 503, 3],
  ])('[G10] a task is done over HTTP %s of status %i', async (_, status, attempts) => {
    const line = await startAgentLine({ mind: countTo(3), refuse: () => status })
    expect(await line.run('Append three lines.')).toMatchObject({ state: 'done', result: '3 done' })
    expect(line.effects()).toHaveLength(3)
    expect(line.server.attempts()).toBe(attempts)
    expect(line.server.requests.map(({ over }) => over)).toEqual(['http', 'http', 'http', 'http'])
    for (const { body } of line.server.requests) {
      expect(body).toMatchObject({ store: false, stream: true })
      expect(Object.keys(body)).not.toContain('previous_response_id')
    }
  })

  it.each([
    { type: 'error', shape: 'envelope', status: 500, code: 'server_error' },
    { type: 'error', shape: 'envelope', status: 429, code: 'rate_limit_exceeded' },
    { type: 'cut', afterEvents: 0 },
    { type: 'cut', afterEvents: 2 },
  ] as const)('[G10] a failed turn over HTTP is asked again once: %o', async (fate) => {
    const line = await startAgentLine({
      mind: countTo(3),
      refuse: () => 426,
      fate: ({ number }) => (number === 2 ? fate : { type: 'answer' }),
    })
    expect(await line.run('Append three lines.')).toMatchObject({ state: 'done', result: '3 done' })
    expect(line.effects()).toHaveLength(3)
  })

  it.each([
    [401, 'key'],
    [308, 'redirects'],
  ])('[G10] what refuses the key or redirects (%i) is not asked over HTTP', async (status, word) => {
    const line = await startAgentLine({ mind: countTo(1), refuse: () => status })
    const draft = await line.run('Append a line.')
    expect(draft).toMatchObject({ state: 'draft', result: expect.stringContaining(word) as string })
    expect(line.server.requests).toEqual([])
    expect(line.server.attempts()).toBe(1)
  })
})
