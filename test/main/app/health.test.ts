import { describe, expect, it, onTestFinished } from 'vitest'
import type { Item } from '../../../src/core/agent/item.ts'
import { askAgent } from '../../support/agent-behind.ts'
import { startJointService } from '../../support/joint-service.ts'
import { say } from '../../support/scripted-mind-of-tasks.ts'
import { createScriptedResponses } from '../../support/scripted-responses.ts'
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

  it('[P343] … and so is what came for tasks', async () => {
    const agent = await createScriptedResponses({ mind: () => [{ id: 'odd' } as unknown as Item, say('Done.')] })
    onTestFinished(() => agent.close())
    const joint = await startJointService(agent.url)
    const { ask, live, notice } = await openApp({
      settings: { endpoint: { kind: 'compatible', baseUrl: joint.url, model: 'scripted' } },
      before: (voice) => {
        joint.setVoice(voice)
        return Promise.resolve()
      },
    })
    askAgent(await live(), 'Do it')
    await notice('tasks', (now) => now.tasks[0]?.state === 'done')
    const { health } = await ask('look', null)
    const cause = 'response.completed: an item without a kind left out'
    expect(health.work.losses).toContainEqual({ cause, times: 1 })
    expect((await ask('diagnostics', null)).text).toMatch(
      /left out of what was sent for tasks: .*response\.completed: an/,
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
