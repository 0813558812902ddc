import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reduce } from '../../../src/core/conversation/reduce.ts'
import { requests, type Answers, type Notice } from '../../../src/core/ipc.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'
import { openApp } from '../../support/opened-app.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

function answer(connection: ScriptedConnection, item: string, words: string, ms = 100): void {
  const ids = { response: `resp_${item}`, item }
  connection.beginAnswer({ ...ids, previous: null })
  connection.speak(ids, words, ms)
  connection.endAnswer(ids, words)
}

describe('the app', () => {
  it('[W1] a window that folds the changes holds what main holds, from the first snapshot on', async () => {
    const { ask, live, told, notice } = await openApp()
    const connection = await live()
    let folded = (await ask('look', null)).conversation
    await ask('say', { text: 'Hello there' })
    await connection.next('response.create')
    answer(connection, 'item_a', 'Hello to you.')
    await notice('change', ({ stored }) => stored.change.type === 'played')
    for (const { stored } of told.filter((one): one is Extract<Notice, { type: 'change' }> => one.type === 'change'))
      if (stored.seq === folded.seq + 1) folded = reduce(folded, stored)
    expect(folded).toEqual(await ask('snapshot', null))
    expect(folded.turns.map(({ text }) => text)).toEqual(['Hello there', 'Hello to you.'])
  })

  it('[W2] whatever is asked in whatever shape: the answer is a reply, nothing invalid is done, the app serves on', async () => {
    const { app, ask } = await openApp()
    const before = JSON.stringify((await ask('look', null)).settings)
    const names = [...Object.keys(requests), '__proto__', 'constructor', 'toString', '']
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constantFrom(...names), fc.anything()), fc.anything(), async (name, argument) => {
        const isValid =
          typeof name === 'string' && Object.hasOwn(requests, name)
            ? requests[name as keyof typeof requests].argument.safeParse(argument).success
            : false
        if (isValid) return
        const reply = await app.answer(name, argument)
        expect(reply).toMatchObject({ ok: false, error: { kind: 'invalid' } })
      }),
      { numRuns: 10_000 },
    )
    expect(JSON.stringify((await ask('look', null)).settings)).toBe(before)
  })

  it('[W3] a paired device may talk and read, but not delete, set or give keys', async () => {
    const { app } = await openApp()
    const paired = ['read', 'type', 'talk'] as const
    expect(await app.answer('look', null, paired)).toMatchObject({ ok: true })
    for (const [name, argument] of [
      ['remove', { id: 'c_1' }],
      ['settings', { speed: 1.2 }],
      ['set-key', { service: 'openai', key: 'sk-0123456789', plain: true }],
    ] as const)
      expect(await app.answer(name, argument, paired)).toMatchObject({ ok: false, error: { kind: 'refused' } })
  })

  it('[W4] a conversation is called by its first words, found by any of them, renamed, deleted and brought back whole', async () => {
    const { ask, live, notice, app } = await openApp()
    const connection = await live()
    await ask('say', { text: 'Tell me about the lighthouse at Eddystone, please' })
    await connection.next('response.create')
    answer(connection, 'item_a', 'It stands on dangerous rocks.')
    await notice('change', ({ stored }) => stored.change.type === 'played')
    const [entry] = (await ask('look', null)).conversations
    expect(entry?.title).toBe('Tell me about the lighthouse at Eddystone…')
    const id = entry?.id ?? ''
    expect(await ask('find', { text: 'DANGEROUS' })).toMatchObject([
      { entry: { id }, turn: 'item_a', excerpt: 'It stands on dangerous rocks.' },
    ])
    await ask('rename', { id, title: 'Lighthouses' })
    const whole = await ask('export', { id, format: 'json' })
    const { current } = await ask('remove', { id })
    expect(current).not.toBe(id)
    expect((await ask('look', null)).conversations).toEqual([])
    expect(await app.answer('open', { id })).toMatchObject({ ok: false, error: { kind: 'missing' } })
    await ask('restore', { id })
    expect((await ask('look', null)).conversations.map(({ title }) => title)).toEqual(['Lighthouses'])
    expect((await ask('export', { id, format: 'json' })).text).toBe(whole.text)
  })

  it('[W5] another conversation gets a session of its own that holds its turns and no others', async () => {
    const { ask, live, server, notice, state } = await openApp()
    const first = await live()
    await ask('say', { text: 'My cat is called Miso' })
    await first.next('response.create')
    answer(first, 'item_a', 'Nice name.')
    await notice('change', ({ stored }) => stored.change.type === 'played')
    const id = (await ask('snapshot', null)).id
    await ask('begin', null)
    const second = await server.connection()
    await state(({ line }) => line.type === 'live')
    expect(second.all('conversation.item.create')).toEqual([])
    await ask('open', { id })
    const third = await server.connection()
    await third.next('conversation.item.create')
    expect(JSON.stringify(third.all('conversation.item.create')[0])).toContain('Miso')
    expect((await ask('snapshot', null)).turns).toHaveLength(2)
  })

  it('[W6] without microphone and speaker one types and reads; the answer counts as said to its end', async () => {
    const { ask, live, notice, state } = await openApp({ missing: ['microphone', 'speaker'] })
    const connection = await live()
    await state(({ microphone, speaker }) => speaker.type === 'missing' && microphone.type === 'missing')
    await expect(ask('talk', { edge: 'down' })).rejects.toThrow('There is no microphone')
    await ask('say', { text: 'Can you hear me?' })
    await connection.next('response.create')
    answer(connection, 'item_a', 'I read you.')
    const played = await notice('change', ({ stored }) => stored.change.type === 'played')
    expect(played.stored.change).toMatchObject({ playedMs: 100, heard: 'I read you.', cut: false })
  })

  it('[X1] whether a press was long is for the window’s own clock to say', async () => {
    const { ask, app, live } = await openApp({ settings: { turnMode: 'manual' } })
    await live()
    const press = async (forMs: number): Promise<void> => {
      // Both come at once, as when main was busy meanwhile.
      await Promise.all([ask('talk', { edge: 'down', handMs: 900 }), ask('talk', { edge: 'up', handMs: 900 + forMs })])
    }
    await press(800)
    expect(app.state().talking).toBe('up')
    await press(80)
    expect(app.state().talking).toBe('latched')
  })

  it('[A15] the talk key opens the microphone that rests', async () => {
    const { app, live, state } = await openApp({ settings: { turnMode: 'manual' }, restsSoon: true })
    await live()
    await state(({ microphone, speaker }) => microphone.type === 'resting' && speaker.type === 'resting')
    app.talk('down')
    await state(({ presence }) => presence === 'listening')
    expect(app.state().microphone).toEqual({ type: 'open' })
  })

  it('[A18] a held key is no listening while the microphone is not open', async () => {
    for (const missing of [['microphone'], []] as const) {
      const { app, live, state } = await openApp({ settings: { turnMode: 'manual' }, missing })
      await live()
      await state(({ microphone }) => microphone.type === (missing.length > 0 ? 'missing' : 'open'))
      app.talk('down')
      expect(app.state()).toMatchObject({ talking: 'held', presence: missing.length > 0 ? 'idle' : 'listening' })
    }
  })

  it('[W7] the presence goes from idle over thinking and speaking back to idle, and each is told', async () => {
    const { ask, live, notice, told, state } = await openApp()
    const connection = await live()
    await state(({ presence }) => presence === 'idle')
    await ask('say', { text: 'Hello' })
    await connection.next('response.create')
    await notice('state', ({ state }) => state.presence === 'thinking')
    answer(connection, 'item_a', 'Hi.')
    await notice('change', ({ stored }) => stored.change.type === 'played')
    await notice('state', ({ state }) => state.presence === 'speaking')
    await state(({ presence }) => presence === 'idle')
    const presences = told.flatMap((one) => (one.type === 'state' ? [one.state.presence] : []))
    // The first idle may have been told before anyone listened: it is the state that was asked for above.
    expect(presences.filter((one, at) => one !== presences[at - 1]).slice(-3)).toEqual(['thinking', 'speaking', 'idle'])
  })

  it('[W8] the mode is switched on the live session; another voice makes a new one that knows the conversation', async () => {
    const { ask, live, server } = await openApp()
    const first = await live()
    await first.next('session.update')
    await ask('mode', { mode: 'hold' })
    const { session } = await first.next('session.update')
    expect(JSON.stringify(session)).toContain('"turn_detection":null')
    expect(server.attempts()).toBe(1)
    await ask('settings', { voice: 'cedar' })
    const second = await server.connection()
    expect(JSON.stringify(await second.next('session.update'))).toContain('"voice":"cedar"')
  })

  it('[W9] a key goes into no file, no notice and no answer', async () => {
    const canary = 'canary-0123456789abcdef'
    const { ask, told, folder, app } = await openApp()
    const answers = [
      await app.answer('set-key', { service: 'compatible', key: canary, plain: true }),
      await app.answer('look', null),
      await app.answer('try-service', null),
      await app.answer('settings', { instructions: `use sk-${canary}` }),
      await app.answer('set-key', { service: 'compatible', key: '' }),
      await app.answer('remove-key', { service: 'compatible' }),
    ]
    expect(answers[0]).toMatchObject({ ok: true, value: { held: ['compatible'] } })
    expect((await ask('look', null)).keys.held).toEqual([])
    expect(JSON.stringify([answers, told])).not.toContain(canary)
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) expect(await readFile(join(entry.parentPath, entry.name), 'utf8')).not.toContain(canary)
  })

  it('[W10] before the first steps are done nothing is opened: no line, no microphone', async () => {
    const { app, server, ask } = await openApp({ settings: { isSetUp: false } })
    expect(app.state()).toMatchObject({ line: { type: 'off' }, microphone: { type: 'closed' } })
    expect(server.attempts()).toBe(0)
    await ask('try-microphone', { on: true })
    expect(app.state().microphone).toEqual({ type: 'open' })
    await ask('try-microphone', { on: false })
    expect(app.state().microphone).toEqual({ type: 'closed' })
    await ask('settings', { isSetUp: true })
    await server.connection()
  })

  it('[W11] the next start goes on with the newest conversation', async () => {
    const folder = temporaryFolder()
    const first = await openApp({ folder })
    await first.live()
    await first.ask('say', { text: 'Remember the blue door' })
    const { id } = await first.ask('snapshot', null)
    await first.app.stop()
    const second = await openApp({ folder })
    expect(await second.ask('snapshot', null)).toMatchObject({ id, turns: [{ text: 'Remember the blue door' }] })
  })

  it('[W12] a refused key is told with its next step, and a retry with the right one talks', async () => {
    const { ask, app, state, server } = await openApp({
      script: { refuse: (n) => (n === 1 ? { status: 401 } : null) },
    })
    await state(({ line }) => line.type === 'refused')
    expect(app.state().line).toMatchObject({ remedy: 'key' })
    await ask('set-key', { service: 'compatible', key: 'right-key-123', plain: false })
    const connection = await server.connection()
    expect(connection.request.headers.authorization).toBe('Bearer right-key-123')
    await state(({ line }) => line.type === 'live')
  })

  it('[W222] a key is tried with the server that is set, and nothing of it is kept by that', async () => {
    const statuses = [401, 402, 404, 503]
    const { ask, server, live, told } = await openApp({
      script: { refuse: (n) => (n === 1 || n > 5 ? null : { status: statuses[n - 2]! }) },
    })
    await live()
    const attempt = (): Promise<Answers['try-key']> =>
      ask('try-key', { service: 'compatible', key: 'a-key-0123456789' })
    for (const why of ['key', 'credit', 'host', 'service']) expect(await attempt()).toMatchObject({ ok: false, why })
    expect(await attempt()).toMatchObject({ ok: true, why: null })
    expect((await server.connection()).request.headers.authorization).toBe('Bearer a-key-0123456789')
    expect((await ask('look', null)).keys.held).toEqual([])
    expect(JSON.stringify(told)).not.toContain('a-key-0123456789')
    await server.close()
    expect(await attempt()).toMatchObject({ ok: false, why: 'host' })
  })
})
