import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import { createVoiceLine, numberedFrame } from '../../support/voice-line.ts'

const spoken: Change[] = [
  { type: 'turn-started', turn: 'u1', role: 'user', via: 'voice', after: null },
  { type: 'words-heard', turn: 'u1', text: 'My dog is called Bruno.' },
  { type: 'turn-started', turn: 'a1', role: 'assistant', via: 'voice', after: 'u1' },
  { type: 'words-spoken', turn: 'a1', text: 'A fine name.', audioMs: 900 },
]

describe('opening a session', () => {
  it('[V1] is ready only when configured and every restored item is acknowledged, and sends no sound before', async () => {
    const line = await createVoiceLine({
      before: spoken,
      script: { withholdUpdated: () => true },
    })
    const restored = line.told('restored')
    line.session.start()
    for (let frame = 1; frame <= 20; frame++) line.session.hear(numberedFrame(frame))
    const service = await line.server.connection()
    await service.next('session.update')
    line.session.hear(numberedFrame(21))
    await service.settled()
    expect(line.session.phase().type).toBe('opening')
    expect(service.all('conversation.item.create')).toEqual([])

    service.send({ type: 'session.updated', session: { id: 'sess_late' } })
    expect(await restored).toMatchObject({ session: 'sess_late', restored: 2, refused: [], leftOut: 0 })
    await service.settled()
    const types = service.received.map(({ type }) => type)
    expect(types.indexOf('input_audio_buffer.append')).toBeGreaterThan(types.lastIndexOf('conversation.item.create'))
    expect(service.frames()).toEqual(Array.from({ length: 21 }, (_, at) => at + 1))
    expect(line.session.phase().type).toBe('live')
  })

  it('[V1] gives the conversation back as items with their ids, oldest first, and nothing in the instructions', async () => {
    const line = await createVoiceLine({ before: spoken })
    const service = await line.live()
    expect(service.all('conversation.item.create').map(({ item }) => item)).toEqual([
      { id: 'u1', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'My dog is called Bruno.' }] },
      { id: 'a1', type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'A fine name.' }] },
    ])
    expect(JSON.stringify(service.all('session.update'))).not.toContain('Bruno')
  })

  it.each([{ named: true }, { named: false }])(
    '[V2] an item that the service refuses is left out and named, the others are restored (%o)',
    async (refusal) => {
      const line = await createVoiceLine({
        before: spoken,
        script: { refuseItem: ({ id }) => (id === 'u1' ? refusal : null) },
      })
      const restored = line.told('restored')
      await line.live()
      expect(await restored).toMatchObject({ restored: 1, refused: ['u1'] })
    },
  )

  it('[V2] a session that holds something else than was restored is not used', async () => {
    const line = await createVoiceLine({ before: spoken, script: { mute: (n) => n === 1 } })
    line.session.start()
    const first = await line.server.connection()
    const dropped = line.told('phase', ({ type }) => type === 'waiting')
    first.send({ type: 'session.created', session: { id: 's' } })
    await first.next('session.update')
    first.send({ type: 'session.updated', session: { id: 's' } })
    const { item } = await first.next('conversation.item.create')
    const altered = { ...item, content: [{ type: 'input_text', text: 'My cat is called Bruno.' }] }
    first.send({ type: 'conversation.item.done', previous_item_id: null, item: altered })
    await first.next('conversation.item.create')
    const words = [{ type: 'output_text', text: 'A fine name.' }]
    const answer = { id: 'a1', type: 'message', role: 'assistant', content: words }
    first.send({ type: 'conversation.item.done', previous_item_id: 'u1', item: answer })
    await dropped
    await first.closed
  })

  it('[C1] when session.updated never comes the next attempt begins after 5 s', async () => {
    const line = await createVoiceLine({ script: { withholdUpdated: (n) => n === 1 }, chance: () => 0 })
    line.session.start()
    const first = await line.server.connection()
    await first.next('session.update')
    line.clock.pass(4_900)
    expect(line.session.phase().type).toBe('opening')
    line.clock.pass(200)
    await first.closed
    const live = line.told('phase', ({ type }) => type === 'live')
    const second = await line.server.connection()
    await live
    expect(second.number).toBe(2)
  })

  it('[C2] a bad key, told in band and by close 3000, is told once and never tried again', async () => {
    const line = await createVoiceLine({ script: { mute: () => true } })
    const fatal = line.told('fatal')
    line.session.start()
    const service = await line.server.connection()
    const error = { type: 'invalid_request_error', code: 'invalid_api_key', message: 'Incorrect', event_id: null }
    service.send({ type: 'error', error })
    service.close(3000, 'invalid_request_error.invalid_api_key')
    expect(await fatal).toMatchObject({ type: 'fatal', remedy: 'key' })
    await service.closed
    line.clock.pass(10 * 60_000)
    expect(line.heard('fatal')).toHaveLength(1)
    expect(line.server.attempts()).toBe(1)
  })

  it.each([
    [401, 'key'],
    [404, 'address'],
    [302, 'address'],
  ] as const)('[C2] an upgrade refused with %i is told once and never tried again', async (status, remedy) => {
    const elsewhere = { location: 'ws://127.0.0.1:9/elsewhere' }
    const line = await createVoiceLine({ script: { refuse: () => ({ status, headers: elsewhere }) } })
    const fatal = line.told('fatal')
    line.session.start()
    expect(await fatal).toMatchObject({ remedy })
    line.clock.pass(10 * 60_000)
    expect(line.server.attempts()).toBe(1)
  })

  it('[C3] 429 is tried again when the service says, not before', async () => {
    const busy = { status: 429, headers: { 'retry-after': '7' } }
    const line = await createVoiceLine({ script: { refuse: (n) => (n === 1 ? busy : null) } })
    const waits = line.told('phase', ({ type }) => type === 'waiting')
    line.session.start()
    await waits
    line.clock.pass(6_900)
    expect(line.session.phase().type).toBe('waiting')
    line.clock.pass(100)
    expect(line.session.phase().type).toBe('opening')
    await line.server.connection()
  })

  it('[C3] a refused connection is tried again with jitter, further and further apart', async () => {
    const line = await createVoiceLine({ chance: () => 0.5 })
    await line.server.close()
    const delays: number[] = []
    line.session.start()
    for (let attempt = 1; attempt <= 8; attempt++) {
      const phase = await line.told('phase', ({ type }) => type === 'waiting')
      if (phase.type !== 'waiting') throw new Error('not waiting')
      delays.push(phase.untilMs - line.clock.nowMs())
      line.clock.pass(phase.untilMs - line.clock.nowMs())
    }
    expect(delays).toEqual([125, 250, 500, 1_000, 2_000, 4_000, 5_000, 5_000])
  })

  it('[C12] unknown, broken and binary frames are counted and change nothing', async () => {
    const line = await createVoiceLine()
    const service = await line.live()
    const before = line.session.health()
    service.send({ type: 'response.brand_new.thing' })
    service.sendRaw('{"type":')
    service.sendRaw('{"type":"response.done"}')
    service.sendRaw(Buffer.from([1, 2, 3]))
    await service.settled()
    const after = line.session.health()
    expect([after.unknown - before.unknown, after.broken - before.broken]).toEqual([1, 2])
    expect(line.session.phase().type).toBe('live')
  })
})
