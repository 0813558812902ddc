// A service that takes no sockets: the same tasks over HTTP.
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { startAgentLine } from '../../support/agent-line.ts'
import { countTo, say } from '../../support/scripted-mind-of-tasks.ts'

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

  const whole = { id: 'resp_9', object: 'response', status: 'completed', output: [say('Done whole.')], usage: null }
  const json = { 'content-type': 'application/json' }

  it.each([
    ['a response in place of a stream', { status: 200, headers: json, body: JSON.stringify(whole) }, 'Done whole.'],
    [
      'the same packed',
      { status: 200, headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync(JSON.stringify(whole)) },
      'Done whole.',
    ],
    [
      'a web page',
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' },
      'a web page',
    ],
    [
      'another place',
      { status: 307, headers: { location: 'https://other.example/v1/responses' }, body: '' },
      'redirects',
    ],
    ['what is no JSON', { status: 200, headers: json, body: '{"id":' }, ''],
  ])('[P335] is answered with %s', async (_, odd, words) => {
    const line = await startAgentLine({
      mind: () => [say('Never.')],
      refuse: () => 426,
      fate: () => ({ type: 'http', ...odd }),
    })
    const task = await line.run('Do it.')
    expect(task.state).toBe(words === 'Done whole.' ? 'done' : 'draft')
    expect(task.result).toContain(words)
    expect(task.result).not.toMatch(/undefined|fetch failed/)
  })

  it('[P333] an end that names no items has those that were told whole before it, here as on a socket', async () => {
    for (const status of [null, 426]) {
      const line = await startAgentLine({ mind: countTo(2), refuse: () => status, endsEmpty: true })
      expect(await line.run('Append two lines.')).toMatchObject({ state: 'done', result: '2 done' })
      expect(line.effects()).toHaveLength(2)
    }
  })
})
