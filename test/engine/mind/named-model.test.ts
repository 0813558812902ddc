// Which model server is asked at all: the one that the person named, where no other person listens.
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMind } from '../../../src/engine/mind/mind.ts'
import { readOptions } from '../../../src/engine/options.ts'
import type { Thought } from '../../../src/engine/ports.ts'
import { listenersIn, listenerUsers, readSocketTable } from '../../../src/listener/socket-user.ts'
import { serveModel, words } from '../../support/model-server.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { createTalk } from '../../support/talk.ts'

describe('a model that the person named', () => {
  it('[M40] none is looked for where none was named', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch')
    onTestFinished(() => fetched.mockRestore())
    const mind = createMind({ dataDir: null, clock: createStillClock(), random: () => 0, timeZone: 'UTC' })
    const thoughts: Thought[] = []
    const memos = [{ type: 'message' as const, role: 'user' as const, text: 'how are you?' }]
    const ask = { session: 'one', memos, instructions: '', tools: [], toolChoice: 'auto' as const }
    for await (const thought of mind.reply({ ...ask, signal: new AbortController().signal })) thoughts.push(thought)
    expect(JSON.stringify(thoughts)).toMatch(/running well/)
    expect(fetched).not.toHaveBeenCalled()
  })

  it('[M40] is named by an option or a variable, on this machine only', () => {
    const named = 'http://127.0.0.1:11434'
    expect(readOptions([], {}).localModel).toBeNull()
    expect(readOptions(['--local-model', named], {}).localModel).toBe(named)
    expect(readOptions([], { PARLEY_LOCAL_MODEL: named }).localModel).toBe(named)
    for (const wrong of ['', 'http://example.com:11434', 'http://127.0.0.1.example.com', 'http://me@127.0.0.1:1'])
      expect(() => readOptions(['--local-model', wrong], {})).toThrow('on this machine')
  })

  it('[M40] who answers is told: its name, fit to be shown, and its port', async () => {
    const { url } = await serveModel((_body, response) => void response.end(words('Here.')), {
      data: [{ id: 'sm\u202eall' }],
    })
    const found: unknown[] = []
    const talk = createTalk({ localModel: { url }, onModel: (model) => found.push(model) })
    await talk.say('hello')
    await talk.say('hello')
    expect(found).toEqual([{ name: 'sm⟨U+202E⟩all', port: Number(new URL(url).port) }])
  })

  it('[W181] the one of its models that was chosen is asked and no other; that it is gone is told', async () => {
    const models = { data: [{ id: 'small' }, { id: 'large' }] }
    const { url, bodies } = await serveModel((_body, response) => void response.end(words('Here.')), models)
    const told: string[] = []
    const talk = createTalk({
      localModel: { url, model: 'large', looksAtOnce: true, probeEveryMs: 1_000 },
      onModel: ({ name }) => told.push(name),
      onNoModel: () => told.push('none'),
    })
    await expect.poll(() => told).toEqual(['large'])
    expect(await talk.say('hello')).toBe('Here.')
    expect(bodies.map(({ model }) => model)).toEqual(['large'])
    models.data = [{ id: 'small' }]
    talk.clock.pass(1_000)
    await talk.say('hello')
    await expect.poll(() => told).toEqual(['large', 'none'])
    expect(await talk.say('how are you?')).toMatch(/running well/)
    expect(bodies.map(({ model }) => model)).not.toContain('small')
    expect(readOptions([], { PARLEY_LOCAL_MODEL_NAME: 'large' }).localModelName).toBe('large')
  })

  it('[W182] one that is only passed on to somewhere else is not taken by itself', async () => {
    const { url, bodies } = await serveModel((_body, response) => void response.end(words('Here.')), {
      data: [{ id: 'gpt-oss:120b-cloud' }],
    })
    const talk = createTalk({ localModel: { url } })
    expect(await talk.say('how are you?')).toMatch(/running well/)
    expect(bodies).toEqual([])
  })

  it('[W181] one that is started after the first look is found by the first question', async () => {
    const models: { data: unknown[] } = { data: [] }
    const { url } = await serveModel((_body, response) => void response.end(words('Here I am.')), models)
    let lose: () => void = () => undefined
    const lost = new Promise<void>((resolve) => (lose = resolve))
    const talk = createTalk({ localModel: { url, looksAtOnce: true }, onNoModel: () => lose() })
    await lost
    models.data = [{ id: 'small' }]
    expect(await talk.say('how are you?')).toBe('Here I am.')
  })

  it('[M41] one that another person runs is asked nothing; a system account’s is', async () => {
    const { url, bodies } = await serveModel((_body, response) => void response.end(words('I hear you.')))
    const users = [1_234]
    const warnings: string[] = []
    const localModel = { url, ownUser: 1_000, usersAt: () => Promise.resolve(users), probeEveryMs: 1_000 }
    const talk = createTalk({ localModel, log: (_level, message) => warnings.push(message) })
    for (let at = 0; at < 3; at++) {
      expect(await talk.say('how are you?')).toMatch(/running well/)
      talk.clock.pass(1_000)
    }
    expect(bodies).toEqual([])
    expect(warnings).toEqual([
      `another user of this machine listens at port ${new URL(url).port}: no model is asked there`,
    ])
    for (const own of [1_000, 0, 998]) {
      users.splice(0, 1, own)
      const other = createTalk({ localModel })
      expect(await other.say('hello')).toBe('I hear you.')
      users.splice(0, 1, 1_234)
      expect(await other.say('how are you?')).toMatch(/running well/)
    }
  })

  it('[M41] the system tells who listens at a port', async () => {
    const { url } = await serveModel(() => undefined)
    const known = process.platform === 'linux' ? [process.getuid?.()] : []
    expect(await listenerUsers(Number(new URL(url).port))).toEqual(known)
    const row = (local: string, uid: number): string => `0: ${local}:1F90 00000000:0000 0A 0:0 00:0 0 ${uid} 0 77`
    const rows = readSocketTable(['head', row('00000000', 5), row('0100007F', 7), row('0200007F', 9)].join('\n'))
    expect(listenersIn(rows, 8_080)).toEqual([7])
    expect(listenersIn(rows, 8_081)).toEqual([])
  })
})
