/* oxlint-disable typescript/no-unsafe-member-access -- what comes off the wire is asserted, not proven */
import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createEngineClock } from '../../support/engine-clock.ts'
import { tokenForTests, typesOf } from '../../support/realtime-client.ts'
import { startScriptedEngine } from '../../support/scripted-engine.ts'

describe('opening a session', () => {
  it('[R1] a good key and model get session.created with the service defaults, and nothing else until they act', async () => {
    const clock = createEngineClock()
    const engine = await startScriptedEngine({ clock })
    const client = engine.open()
    const { session } = await client.next('session.created')
    expect(session).toMatchObject({
      object: 'realtime.session',
      type: 'realtime',
      model: 'parley-embedded',
      expires_at: Math.floor(clock.nowMs() / 1_000) + 3_600,
      truncation: 'auto',
      output_modalities: ['audio'],
    })
    expect(session.id).toMatch(/^sess_/)
    expect(session.audio.input.turn_detection).toEqual({
      type: 'server_vad',
      threshold: 0.5,
      prefix_padding_ms: 300,
      silence_duration_ms: 200,
      idle_timeout_ms: null,
      create_response: true,
      interrupt_response: true,
    })
    expect(typesOf(await client.fence())).toEqual([])
  })

  it('[R1] a gpt-realtime name is served too, so that a client need not change', async () => {
    const engine = await startScriptedEngine()
    const client = engine.open({ model: 'gpt-realtime-2.1' })
    expect((await client.next('session.created')).session.model).toBe('gpt-realtime-2.1')
  })

  it.each([
    ['a wrong key', { token: 'wrong' }],
    ['no key', { token: '' }],
  ])('[R2] %s is told in band after the upgrade, then closed with 3000', async (_, how) => {
    const engine = await startScriptedEngine()
    const client = engine.open(how)
    expect((await client.next('error')).error).toMatchObject({ code: 'invalid_api_key', event_id: null })
    expect(await client.closed).toEqual({ code: 3_000, reason: 'invalid_request_error.invalid_api_key' })
    expect(typesOf(client.events)).toEqual(['error'])
    expect(JSON.stringify(client.events)).not.toContain(tokenForTests)
  })

  it.each([
    ['no model', null, 'missing_model'],
    ['an unknown model', 'gpt-4o', 'invalid_model'],
  ])('[R3] %s is refused with 4000', async (_, model, code) => {
    const engine = await startScriptedEngine()
    const client = engine.open({ model })
    expect((await client.next('error')).error.code).toBe(code)
    expect(await client.closed).toEqual({ code: 4_000, reason: `invalid_request_error.${code}` })
  })

  it('[R4] the beta header is refused with 4000', async () => {
    const engine = await startScriptedEngine()
    const client = engine.open({ headers: { 'OpenAI-Beta': 'realtime=v1' } })
    expect((await client.next('error')).error.code).toBe('beta_api_shape_disabled')
    expect((await client.closed).code).toBe(4_000)
  })

  it('[R5] an idle session is pinged every 20.3 s and stays open', async () => {
    const clock = createEngineClock()
    const engine = await startScriptedEngine({ clock })
    const client = await engine.join()
    for (let round = 0; round < 4; round++) {
      const pinged = new Promise((resolve) => client.socket.once('ping', resolve))
      clock.move(20_300)
      await pinged
      await client.fence()
    }
    expect(client.socket.readyState).toBe(client.socket.OPEN)
  })

  it('[R5] a peer that answers no ping is let go', async () => {
    const clock = createEngineClock()
    const engine = await startScriptedEngine({ clock })
    const client = await engine.join()
    // @ts-expect-error -- the only way to keep an open ws from answering by itself
    client.socket._autoPong = false
    for (let round = 0; round < 3; round++) {
      const pinged = new Promise((resolve) => client.socket.once('ping', resolve))
      clock.move(20_300)
      await pinged
    }
    expect(client.socket.readyState).toBe(client.socket.OPEN)
    clock.move(20_300)
    expect((await client.closed).code).toBe(1_006)
  })

  it('[R6] at 60 minutes the session says session_expired and closes with 1001', async () => {
    const clock = createEngineClock()
    const engine = await startScriptedEngine({ clock })
    const client = await engine.join()
    for (let minute = 0; minute < 59; minute++) {
      clock.move(60_000)
      expect(typesOf(await client.fence())).toEqual([])
    }
    clock.move(60_000)
    const message = 'Your session hit the maximum duration of 60 minutes.'
    expect((await client.next('error')).error).toEqual({
      type: 'invalid_request_error',
      code: 'session_expired',
      message,
      param: null,
      event_id: null,
    })
    expect(await client.closed).toEqual({ code: 1_001, reason: message })
  })

  it('[R6] an hour that passes at once, as for a sleeping machine, ends the session the same way', async () => {
    const clock = createEngineClock()
    const engine = await startScriptedEngine({ clock })
    const client = await engine.join()
    let pings = 0
    client.socket.on('ping', () => (pings += 1))
    clock.move(61 * 60_000)
    expect((await client.next('error')).error.code).toBe('session_expired')
    expect((await client.closed).code).toBe(1_001)
    expect(pings).toBeLessThanOrEqual(1)
  })

  it('[R7] a new connection is a new session that knows nothing of the old items', async () => {
    const engine = await startScriptedEngine()
    const first = await engine.join()
    first.send({
      type: 'conversation.item.create',
      item: { id: 'kept_nowhere', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hello' }] },
    })
    await first.next('conversation.item.done')
    first.socket.terminate()
    const second = engine.open()
    expect((await second.next('session.created')).session.id).not.toBe(first.events[0]!.session.id)
    for (const doing of ['retrieve', 'delete', 'truncate']) {
      const rest = doing === 'truncate' ? { content_index: 0, audio_end_ms: 0 } : {}
      second.send({ type: `conversation.item.${doing}`, item_id: 'kept_nowhere', ...rest })
      expect((await second.next('error')).error.code).toBe(`item_${doing}_invalid_item_id`)
    }
  })
})

describe('the door', () => {
  const upgrade = (url: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const asked = request(`${url}/realtime?model=parley-embedded`, {
        headers: {
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Version': '13',
          'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
          Authorization: `Bearer ${tokenForTests}`,
          ...headers,
        },
      })
      asked.on('response', (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
      asked.on('upgrade', (response, socket) => {
        socket.destroy()
        resolve(response.statusCode ?? 0)
      })
      asked.on('error', reject)
      asked.end()
    })

  it('[R32] a page that points its own name at loopback, or comes from an origin nobody allowed, gets no socket', async () => {
    const engine = await startScriptedEngine({ origins: ['https://friend.example'] })
    expect(await upgrade(engine.url, {})).toBe(101)
    expect(await upgrade(engine.url, { Host: 'evil.example' })).toBe(403)
    expect(await upgrade(engine.url, { Host: '127.0.0.1.evil.example:80' })).toBe(403)
    expect(await upgrade(engine.url, { Origin: 'https://evil.example' })).toBe(403)
    expect(await upgrade(engine.url, { Origin: 'https://friend.example' })).toBe(101)
    expect(await upgrade(engine.url, { Host: 'localhost:1' })).toBe(101)
  })

  it('[R33] a browser presents its key as a subprotocol', async () => {
    const engine = await startScriptedEngine()
    const client = engine.open({
      token: '',
      protocols: ['realtime', `openai-insecure-api-key.${tokenForTests}`],
    })
    await client.next('session.created')
    expect(client.socket.protocol).toBe('realtime')
    const wrong = engine.open({ token: '', protocols: ['realtime', 'openai-insecure-api-key.wrong'] })
    expect((await wrong.closed).code).toBe(3_000)
  })

  it('[R34] the list of models names the embedded one, for the key only', async () => {
    const engine = await startScriptedEngine()
    const listed = await fetch(`${engine.url}/models`, { headers: { Authorization: `Bearer ${tokenForTests}` } })
    expect(((await listed.json()) as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual(['parley-embedded'])
    expect((await fetch(`${engine.url}/models`)).status).toBe(401)
    const elsewhere = await fetch(`${engine.url}/other`, { headers: { Authorization: `Bearer ${tokenForTests}` } })
    expect(elsewhere.status).toBe(404)
  })
})
