// Responses without a socket: one request, one answer, and what is stored.
import { describe, expect, it } from 'vitest'
import { createHeldAnswers } from '../../support/held-answers.ts'
import { tokenForTests, type Wired } from '../../support/realtime-client.ts'
import { startChains, type Chains } from '../../support/responses-engine.ts'

const headers = { authorization: `Bearer ${tokenForTests}`, 'content-type': 'application/json' }
async function call(
  engine: Chains,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Wired }> {
  const response = await fetch(`${engine.url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Wired }
}
const model = 'parley-embedded'

describe('responses over HTTP', () => {
  it('[N24] answers whole; what is stored is read, continued and deleted', async () => {
    const engine = await startChains()
    const made = await call(engine, 'POST', '/responses', { model, input: 'What time is it?' })
    expect(made).toMatchObject({ status: 200, body: { object: 'response', status: 'completed', store: true } })
    const id = made.body.id as string
    expect((await call(engine, 'GET', `/responses/${id}`)).body).toEqual(made.body)
    const items = await call(engine, 'GET', `/responses/${id}/input_items`)
    expect(items.body).toMatchObject({ object: 'list', data: [{ role: 'user' }] })
    const next = await call(engine, 'POST', '/responses', { model, input: 'And now?', previous_response_id: id })
    expect(next.body.status).toBe('completed')
    expect(engine.asks[1]!.memos).toHaveLength(3)
    expect((await call(engine, 'POST', `/responses/${id}/cancel`)).status).toBe(400)
    expect((await call(engine, 'DELETE', `/responses/${id}`)).body).toMatchObject({ id, deleted: true })
    expect((await call(engine, 'GET', `/responses/${id}`)).status).toBe(404)
    const gone = await call(engine, 'POST', '/responses', { model, input: 'And?', previous_response_id: id })
    expect(gone.body.error).toMatchObject({ code: 'previous_response_not_found' })
  })

  it('[N24] keeps nothing of what was not to be stored', async () => {
    const engine = await startChains()
    const made = await call(engine, 'POST', '/responses', { model, input: 'Hello', store: false })
    expect((await call(engine, 'GET', `/responses/${made.body.id as string}`)).status).toBe(404)
  })

  it('[N25] streams the same events as server-sent events', async () => {
    const engine = await startChains()
    const response = await fetch(`${engine.url}/responses`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ model, input: 'What time is it?', stream: true }),
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const blocks = (await response.text()).trim().split('\n\n')
    const events = blocks.map((block) => {
      const [, name, data] = /^event: (.+)\ndata: (.+)$/.exec(block)!
      const event = JSON.parse(data!) as Wired
      expect(event.type).toBe(name)
      return event
    })
    expect(events.map(({ sequence_number }) => sequence_number as number)).toEqual(events.map((_, at) => at))
    expect([events[0]!.type, events.at(-1)!.type]).toEqual(['response.created', 'response.completed'])
  })

  it('[N25] a reader who leaves takes the answer along', async () => {
    const held = createHeldAnswers()
    const engine = await startChains(held.answer)
    const leave = new AbortController()
    const response = await fetch(`${engine.url}/responses`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ model, input: 'long', stream: true }),
      signal: leave.signal,
    })
    await held.asked('long')
    const { signal } = engine.asks[0]!
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    leave.abort()
    await response.body?.cancel().catch(() => undefined)
    await aborted
    held.release('long')
    expect(engine.faults).toEqual([])
  })

  it.each([
    ['broken JSON', 'POST', '/responses', '{', 400, 'invalid_json'],
    ['an unknown field', 'POST', '/responses', { model, input: 'x', colour: 1 }, 400, 'unknown_parameter'],
    ['an unknown model', 'POST', '/responses', { model: 'x', input: 'x' }, 404, 'model_not_found'],
    ['a warm-up', 'POST', '/responses', { model, input: 'x', generate: false }, 400, 'unsupported_parameter'],
    ['another method', 'PUT', '/responses', {}, 405, null],
    ['too long a body', 'POST', '/responses', 'x'.repeat(16 * 1024 * 1024 + 1), 413, null],
    ['an unknown path', 'POST', '/responses/a/b', {}, 404, 'not_found'],
  ])('[N26] %s is refused in the service’s form', async (_, method, path, body, status, code) => {
    const refused = await call(await startChains(), method, path, body)
    expect(refused.status).toBe(status)
    expect(refused.body.error).toMatchObject({ code, message: expect.any(String) as string })
  })

  it('[N26] a mind that fails is a failed response, and the engine goes on', async () => {
    let fail = true
    const engine = await startChains(() => {
      if (fail) throw new Error('out of order')
      return [{ type: 'text', text: 'Yes.' }]
    })
    const failed = await call(engine, 'POST', '/responses', { model, input: 'x' })
    expect(failed.body).toMatchObject({ status: 'failed', error: { code: 'server_error', message: 'out of order' } })
    fail = false
    expect((await call(engine, 'POST', '/responses', { model, input: 'x' })).body.status).toBe('completed')
  })

  it('[N10] without the key nothing is answered', async () => {
    const engine = await startChains()
    const response = await fetch(`${engine.url}/responses`, { method: 'POST', body: '{}' })
    expect(response.status).toBe(401)
  })
})
