// A day with every kind of usage through the real app, voice session and agent, against a table computed by hand; and what
// happens before a model is used whose price nobody knows.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { builtInPrices } from '../../../src/core/spending/prices.ts'
import type { Settings } from '../../../src/core/settings.ts'
import { systemClock } from '../../../src/main/clock.ts'
import { openSpending } from '../../../src/main/spending.ts'
import { askUnpriced } from '../../../src/main/talk/unpriced.ts'
import { openApp } from '../../support/opened-app.ts'
import { startJointService } from '../../support/joint-service.ts'
import { call, outputsIn, say } from '../../support/scripted-mind-of-tasks.ts'
import { createScriptedResponses } from '../../support/scripted-responses.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const rows = builtInPrices.models

function respond(service: ScriptedConnection, id: string, more: object, output: object[] = []): void {
  const begun = { id, object: 'realtime.response', conversation_id: 'conv', output: [] }
  service.send({ type: 'response.created', response: { ...begun, status: 'in_progress' } })
  service.send({ type: 'response.done', response: { ...begun, status: 'completed', output, ...more } })
}

const agentUsage = [
  {
    input_tokens: 10_000,
    output_tokens: 300,
    input_tokens_details: { cached_tokens: 4_000, cache_write_tokens: 2_000 },
  },
  { input_tokens: 300_000, output_tokens: 500, input_tokens_details: { cached_tokens: 280_000 } },
]
const search = { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'price' } }
const opened = { type: 'web_search_call', id: 'ws_2', status: 'completed', action: { type: 'open_page', url: 'x' } }

async function startWorking(settings: Partial<Settings>, priced: readonly string[]) {
  const agent = await createScriptedResponses({
    mind: (context) =>
      outputsIn(context).length === 0
        ? [search, opened, call('c1', 'calculate', { expression: '2 + 2' })]
        : [say('Four.')],
    usage: ({ number }) => agentUsage[number - 1] ?? {},
  })
  onTestFinished(() => agent.close())
  const joint = await startJointService(agent.url)
  const folder = temporaryFolder()
  const names = { scripted: 'gpt-realtime-2.1', reader: 'gpt-transcribe', worker: 'gpt-6.1-terra' }
  const app = await openApp({
    folder,
    settings: {
      endpoint: { kind: 'compatible', baseUrl: joint.url, model: 'scripted' },
      transcriptionModel: 'reader',
      agentModel: 'worker',
      ...settings,
    },
    before: async (host) => {
      joint.setVoice(host)
      const models = Object.fromEntries(
        Object.entries(names).flatMap(([name, row]) =>
          priced.includes(name) ? [[`${joint.host}/${name}`, rows[row]]] : [],
        ),
      )
      await writeFile(join(folder, 'prices.json'), JSON.stringify({ dated: '2026-11-26', models }))
    },
  })
  return { ...app, agent, host: joint.host }
}

const askAgent = {
  id: 'fc_1',
  type: 'function_call',
  status: 'completed',
  call_id: 'v1',
  name: 'ask_agent',
  arguments: JSON.stringify({ task: 'Work it out' }),
}

describe('every cent', () => {
  it('[Z204] a day with every kind of usage comes to the sum that a hand computes', async () => {
    const { ask, live, notice } = await startWorking({}, ['scripted', 'reader', 'worker'])
    const service = await live()
    const input = { text_tokens: 1_200, audio_tokens: 800, image_tokens: 400, cached_tokens: 1_000 }
    const details = { text_tokens: 600, audio_tokens: 300, image_tokens: 100 }
    const usage = {
      input_token_details: { ...input, cached_tokens_details: details },
      output_token_details: { text_tokens: 50, audio_tokens: 900 },
    }
    service.hearTurn('item_1', null, null)
    const read = {
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: 'item_1',
      content_index: 0,
      transcript: 'Work it out',
      usage: { type: 'duration', seconds: 7.3 },
    }
    // Told twice, each costs once.
    service.send(read)
    service.send(read)
    respond(service, 'r1', { usage })
    service.send({ type: 'response.done', response: { id: 'r1', status: 'completed', output: [], usage } })
    // Written beside the conversation, and told twice.
    const beside = { id: 'r2', conversation_id: null, status: 'completed', output: [] }
    const written = { ...beside, usage: { output_token_details: { text_tokens: 1_000, audio_tokens: 0 } } }
    service.send({ type: 'response.done', response: written })
    service.send({ type: 'response.done', response: written })
    respond(service, 'r3', {}, [askAgent])
    await notice('tasks', ({ tasks }) => tasks[0]?.state === 'done')

    // In millionths of a dollar: text, sound and pictures in, of each the cached part; text and sound out.
    const voice = 600 * 4 + 600 * 0.4 + 500 * 32 + 300 * 0.4 + 300 * 5 + 100 * 0.5 + 50 * 24 + 900 * 64
    const aside = 1_000 * 24
    const reading = (7.3 / 60) * 4_500
    const first = 4_000 * 1 + 4_000 * 0.05 + 2_000 * 1.25 + 300 * 5 + 10_000
    const long = 20_000 * 2 + 280_000 * 0.1 + 500 * 7.5
    // While the person still spoke the agent's server was told what it would need.
    const ahead = 60 * 1 + 40 * 0.05 + 10 * 5
    expect([voice, aside, reading, ahead, first, long].map(Math.round)).toEqual([
      79_110, 24_000, 548, 112, 18_200, 71_750,
    ])
    await vi.waitFor(async () => {
      const { spending } = await ask('look', null)
      expect(spending).toMatchObject({ todayUsd: 0.1937195, unknownPrices: [], asks: [] })
      expect(spending.today).toMatchObject({ inputImage: 400, heardMs: 7_300, searches: 1, cached: 285_040 })
    })
  })

  it('[Z205] before a model without a price is used under a limit the person gives one, or says yes', async () => {
    const { ask, server, state, live, host, folder } = await startWorking({ dailyLimitUsd: 5 }, ['worker'])
    await state(
      ({ line }) => line.type === 'refused' && line.remedy === 'limit' && line.message.includes(`${host}/scripted`),
    )
    expect(server.attempts()).toBe(0)
    const { spending } = await ask('look', null)
    expect(spending.asks.map(({ model }) => model)).toEqual([`${host}/scripted`, `${host}/reader`])

    const after = await ask('set-price', { model: `${host}/scripted`, price: rows['gpt-realtime-2.1']! })
    expect(after.asks).toEqual([{ model: `${host}/reader`, isReading: true }])
    expect(server.attempts()).toBe(0)
    await ask('settings', { unpricedModels: [`${host}/reader`] })
    const service = await live()
    const kept = JSON.parse(await readFile(join(folder, 'prices.json'), 'utf8')) as { models: object }
    expect(Object.keys(kept.models)).toEqual([`${host}/worker`, `${host}/scripted`])

    // What has no price stops neither the counting of the rest nor the limit.
    const item = { item_id: 'item_1', content_index: 0, transcript: 'Hello', usage: { type: 'duration', seconds: 60 } }
    service.hearTurn('item_1', null, null)
    service.send({ type: 'conversation.item.input_audio_transcription.completed', ...item })
    respond(service, 'r1', { usage: { output_token_details: { text_tokens: 0, audio_tokens: 80_000 } } })
    await state(({ line }) => line.type === 'refused' && line.message.includes('used up'))
    expect((await ask('look', null)).spending).toMatchObject({ todayUsd: 5.12, unknownPrices: [`${host}/reader`] })
  })

  it('[Z205] a task whose model has no price is a draft that says so, while the voice goes on', async () => {
    const { live, notice, agent, host, app } = await startWorking({ dailyLimitUsd: 5 }, ['scripted', 'reader'])
    const service = await live()
    respond(service, 'r1', {}, [askAgent])
    const { tasks } = await notice('tasks', (now) => now.tasks[0]?.state === 'draft')
    expect(tasks[0]!.result).toContain(`${host}/worker`)
    expect(agent.requests).toEqual([])
    expect(app.state().line.type).toBe('live')
  })

  it('[G210] a task’s request tells the day and the zone, and nothing that changes within the day', async () => {
    const { live, agent } = await startWorking({}, [])
    respond(await live(), 'r1', {}, [askAgent])
    const { body } = await agent.request(1)
    expect(body.instructions).toMatch(
      /Today is \w+, \d{1,2} \w+ \d{4}, in the time zone [\w/+-]+ \(UTC[+-]\d\d:\d\d\)\.$/,
    )
    expect(body).not.toHaveProperty('prompt_cache_key')
  })

  it('[Z206] at a terminal the same is asked before anything is spent; without an answer nothing is', async () => {
    const stdin = new PassThrough()
    let accepted: readonly string[] = []
    const models = ['a/voice', 'a/reader', 'a/worker']
    const inUse = models.map((name, at) => ({ name, does: (['voice', 'reading', 'agent'] as const)[at]! }))
    const spending = await openSpending({
      folder: temporaryFolder(),
      clock: systemClock,
      random: Math.random,
      limit: () => ({ capUsd: 2, inUse, accepted }),
    })
    onTestFinished(() => spending.stop())
    let told = ''
    const asked = () =>
      askUnpriced({
        spending,
        accepted: () => accepted,
        accept: (all) => Promise.resolve((accepted = all)),
        stdin,
        write: (text) => void (told += text),
        clock: systemClock,
        json: false,
      })
    stdin.write('4 0.4 24 32 0.4 64\ny\nanother line\n')
    await expect(asked()).rejects.toThrow('a/worker')
    expect(accepted).toEqual(['a/reader'])
    expect(spending.view().asks).toEqual([{ model: 'a/worker', isReading: false }])
    expect(told).toContain('the limit of $2.00 a day can’t be kept')
    stdin.write('1 0.05 5\nthe answer to what is asked later\n')
    await asked()
    expect(spending.refusal('voice')).toBeNull()
    expect(spending.refusal('agent')).toBeNull()
    expect(String(stdin.read())).toBe('the answer to what is asked later\n')
  })
})
