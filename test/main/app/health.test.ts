import { describe, expect, it } from 'vitest'
import { openApp } from '../../support/opened-app.ts'

describe('the app’s health', () => {
  it('[F20] a line that broke is answered for afterwards, and the panel counts it', async () => {
    const { ask, live, server, state, notice } = await openApp()
    const first = await live()
    const fromMs = Date.now() - 1_000
    first.close(1011, 'Overloaded')
    await server.connection()
    await notice('health', ({ health }) => health.reconnects === 1)
    await state(({ line }) => line.type === 'live')
    const { events, summary } = await ask('happened', { fromMs, toMs: Date.now() })
    expect(events.map(({ words }) => words.replace(/\d+(\.\d)? s/, 'N s'))).toEqual(
      expect.arrayContaining(['The line broke after N s: Overloaded.', 'The line came back after N s.']) as string[],
    )
    expect(summary).toMatch(/without a line/)
    const { health } = await ask('look', null)
    expect(health).toMatchObject({
      reconnects: 1,
      breaks: [{ cause: expect.stringContaining('Overloaded') as string }],
    })
    expect(health.outageMsToday).toBeGreaterThan(0)
    expect(health.lastEventMs).toBeGreaterThanOrEqual(fromMs)
    expect(health.roundTrips.length).toBeGreaterThan(0)
  })

  it('[V203] what the service sent and could not be used is in the panel’s figures and the diagnostics, by cause', async () => {
    const { ask, live } = await openApp()
    const connection = await live()
    const odd = { id: 'i1', type: 'mcp_call', output: null }
    connection.send({ type: 'response.output_item.added', response_id: 'r1', item: odd })
    for (const id of [null, '']) connection.send({ type: 'response.done', response: { id } })
    await connection.settled()
    const losses = [
      { cause: 'response.output_item.added: an item of the kind “mcp_call” not used', times: 1 },
      { cause: 'response.done: response.id', times: 2 },
    ]
    const { health } = await ask('look', null)
    expect(health).toMatchObject({ brokenEvents: 2, losses })
    const { text } = await ask('diagnostics', null)
    expect(text).toContain(
      'left out of what the service sent: response.done: response.id (2); response.output_item.added',
    )
  })

  it('[F23] the diagnostics name versions, settings and events, and hold no word, no instruction and no key', async () => {
    const { ask, live, folder } = await openApp({
      settings: { instructions: 'My cat is called Miso.', inputDevice: 'Anna’s microphone' },
    })
    await live()
    await ask('set-key', { service: 'compatible', key: 'a-key-0123456789', plain: false })
    await ask('say', { text: 'My secret is the blue door.' })
    const { name, text } = await ask('diagnostics', null)
    expect(name).toMatch(/^parley-diagnostics-\d{4}-\d\d-\d\d\.md$/)
    for (const told of ['0.0.0-test', process.versions.node, 'keys: compatible', 'scripted', 'The line opened.'])
      expect(text).toContain(told)
    for (const hidden of ['blue door', 'Miso', 'a-key-0123456789', 'Anna', folder]) expect(text).not.toContain(hidden)
  })
})
