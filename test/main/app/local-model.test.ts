// A model of this computer from the settings to the engine: looked for on request, chosen, told, done without.
import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { EngineProcess } from '../../../src/main/net/embedded.ts'
import { openApp } from '../../support/opened-app.ts'
import { serveModel } from '../../support/model-server.ts'

/** An engine's process that only says what the test lets it say. */
function engines(): { started: Record<string, string>[]; tell: (message: unknown, from?: number) => void } & {
  startEngine: (env: Record<string, string>) => EngineProcess
} {
  const started: Record<string, string>[] = []
  const processes: EventEmitter[] = []
  return {
    started,
    tell: (message, from = processes.length - 1) => processes[from]?.emit('message', message),
    startEngine(env) {
      const process = new EventEmitter()
      started.push(env)
      processes.push(process)
      return Object.assign(process, { kill: () => process.emit('exit') })
    },
  }
}

describe('a model of this computer', () => {
  it('[W180] is looked for when that is asked for and not before; nothing is set by it', async () => {
    let asked = 0
    const { url } = await serveModel(() => undefined, {
      get data() {
        asked += 1
        return [{ id: 'small' }, { id: 'large' }]
      },
    })
    const port = Number(new URL(url).port)
    const { ask } = await openApp({ modelPlaces: [{ name: 'Ollama', port }] })
    const { settings } = await ask('look', null)
    expect(asked).toBe(0)
    expect(await ask('find-models', null)).toEqual([{ name: 'Ollama', port, models: ['small', 'large'] }])
    expect(asked).toBe(1)
    expect((await ask('look', null)).settings).toEqual(settings)
  })

  it('[W181] goes to the engine by address and name, and what the engine tells of it is shown; an old engine tells nothing', async () => {
    const { started, tell, startEngine } = engines()
    const endpoint = { kind: 'embedded', model: 'gpt-realtime' } as const
    const { ask, app } = await openApp({ startEngine, env: {}, settings: { endpoint, isSetUp: false } })
    const shown = () => app.state().model
    expect([started.length, started[0]?.['PARLEY_LOCAL_MODEL'], shown()]).toEqual([1, undefined, { type: 'none' }])
    const localModel = 'http://127.0.0.1:11434'
    await ask('settings', { localModel, localModelName: 'large' })
    expect(shown()).toEqual({ type: 'waiting' })
    await expect.poll(() => started.length).toBe(2)
    expect(started[1]).toMatchObject({ PARLEY_LOCAL_MODEL: localModel, PARLEY_LOCAL_MODEL_NAME: 'large' })
    tell({ type: 'local-model', name: 'before', port: 1 }, 0)
    expect(shown()).toEqual({ type: 'waiting' })
    tell({ type: 'local-model', name: 'large', port: 11_434 })
    expect(shown()).toEqual({ type: 'answers', name: 'large', port: 11_434 })
    tell({ type: 'no-local-model' })
    expect(shown()).toEqual({ type: 'silent' })
    await ask('settings', { localModel: '', localModelName: '' })
    expect(shown()).toEqual({ type: 'none' })
    await expect.poll(() => started.length).toBe(3)
    expect(started[2]).not.toHaveProperty('PARLEY_LOCAL_MODEL')
  })
})
