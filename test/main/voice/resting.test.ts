import { describe, expect, it } from 'vitest'
import { lineViewOf } from '../../../src/core/views.ts'
import { createVoiceLine, numberedFrame, type VoiceLine } from '../../support/voice-line.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'

const minute = 60_000
const manual = { config: { mode: 'manual' } } as const

async function rest(line: VoiceLine): Promise<ScriptedConnection> {
  const first = await line.live()
  first.hearTurn('u1', null, 'My dog is called Bruno.')
  await line.record.stored('words-heard')
  await line.pass(first, 10 * minute - 3_000, 5_000)
  expect(line.session.phase().type).toBe('live')
  line.clock.pass(3_000)
  expect(await first.closed).toMatchObject({ code: 1000 })
  expect(lineViewOf(line.session.phase())).toEqual({ type: 'resting' })
  return first
}

describe('an idle session', () => {
  it('[C15] by key: closed after ten minutes, opened by the key, and what was said from before the press arrives', async () => {
    const line = await createVoiceLine(manual)
    await rest(line)
    for (let frame = 1; frame <= 30; frame++) line.session.hear(numberedFrame(frame))
    line.session.press()
    for (let frame = 31; frame <= 50; frame++) line.session.hear(numberedFrame(frame))
    expect(line.session.release()).toBe('committed')
    const second = await line.server.connection()
    await second.next('input_audio_buffer.commit')
    await second.next('response.create')
    expect(second.frames()).toEqual(Array.from({ length: 35 }, (_, at) => 16 + at))
    expect(second.all('conversation.item.create').map(({ item }) => item.id)).toEqual(['u1'])
    expect(line.heard('phase').filter(({ type }) => type === 'waiting')).toEqual([])
  })

  it('[C15] opened by a typed word, which is answered', async () => {
    const line = await createVoiceLine(manual)
    await rest(line)
    await line.session.say('What is she called?')
    const second = await line.server.connection()
    await second.next('response.create')
    expect(JSON.stringify(second.all('conversation.item.create').map(({ item }) => item))).toMatch(/Bruno.*called\?/)
  })

  it('[C15] one that listens by itself, or that was used meanwhile, stays; the network coming back wakes nobody', async () => {
    const listening = await createVoiceLine()
    const hearing = await listening.live()
    await listening.pass(hearing, 30 * minute, 5_000)
    expect(listening.session.phase().type).toBe('live')

    const line = await createVoiceLine(manual)
    const first = await line.live()
    await line.pass(first, 9 * minute, 5_000)
    line.session.press()
    line.session.release()
    // Nobody answers: until the line is idle it is watched more closely.
    await line.pass(first, 10_000, 1_000)
    await line.pass(first, 10 * minute - 13_000, 5_000)
    expect(line.session.phase().type).toBe('live')
    line.clock.pass(3_000)
    expect(line.session.phase()).toEqual({ type: 'off', why: 'resting' })
    line.session.prove()
    expect(line.session.phase()).toEqual({ type: 'off', why: 'resting' })
    expect(line.server.attempts()).toBe(1)
  })
})
