import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Usage } from '../../../src/core/conversation/change.ts'
import { noUsage } from '../../../src/core/conversation/usage.ts'
import { openSpending, type Spending } from '../../../src/main/spending.ts'
import { openApp } from '../../support/opened-app.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'
import { createStillClock, type StillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const usage: Usage = { ...noUsage, outputTextTokens: 40_000 }
const noon = Date.UTC(2026, 10, 22, 12)
const dayMs = 24 * 3_600_000

interface Told {
  spending: Spending
  warnings: string[]
  stopped: boolean[]
}

async function open(folder: string, clock: StillClock, capUsd: number | null): Promise<Told> {
  const spending = await openSpending({
    folder,
    clock,
    random: Math.random,
    limit: () => ({ capUsd, inUse: [], accepted: [] }),
  })
  const warnings: string[] = []
  const stopped: boolean[] = []
  spending.onWarning((message) => warnings.push(message))
  spending.onStopped((now) => stopped.push(now))
  return { spending, warnings, stopped }
}

describe('a day’s spending', () => {
  it('[Z5] survives a restart, warns once, stops at the limit and begins anew with the next day', async () => {
    const folder = temporaryFolder()
    const clock = createStillClock(noon)
    const first = await open(folder, clock, 1)
    first.spending.count('gpt-5.4', usage)
    expect(first.spending.view()).toMatchObject({ todayUsd: 0.6, state: 'free' })
    first.spending.count('gpt-5.4', { ...usage, outputTextTokens: 16_000 })
    expect(first.warnings).toEqual(['You have used 84 % of today’s limit of $1.00.'])
    expect(first.spending.refusal('voice')).toBeNull()
    await first.spending.stop()

    const second = await open(folder, clock, 1)
    expect(second.spending.view().todayUsd).toBeCloseTo(0.84, 10)
    second.spending.count('gpt-5.4', usage)
    expect(second.warnings).toEqual([])
    expect(second.stopped).toEqual([true])
    expect(second.spending.refusal('voice')).toContain('$1.00')
    clock.pass(dayMs)
    expect(second.stopped).toEqual([true, false])
    expect(second.spending.refusal('voice')).toBeNull()
    expect(second.spending.view().todayUsd).toBe(0)
    await second.spending.stop()
  })

  it('[Z5] without readable files it begins at nothing and says so; prices of one’s own are read', async () => {
    const folder = temporaryFolder()
    await writeFile(join(folder, 'spending.json'), '{half')
    await writeFile(join(folder, 'prices.json'), '{"dated":"today"}')
    const broken = await open(folder, createStillClock(noon), null)
    expect(broken.spending.trouble).toContain('prices.json')
    expect(broken.spending.trouble).toContain('spending.json')
    expect(broken.spending.view().todayUsd).toBe(0)
    await broken.spending.stop()

    const price = { inputText: 0, cachedText: 0, inputAudio: 0, cachedAudio: 0, outputText: 100, outputAudio: 0 }
    await writeFile(join(folder, 'prices.json'), JSON.stringify({ dated: '2027-01-01', models: { mine: price } }))
    const own = await open(folder, createStillClock(noon), null)
    own.spending.count('mine', usage)
    expect(own.spending.view()).toMatchObject({ todayUsd: 4, pricesDated: '2027-01-01' })
    await own.spending.stop()
    const again = await open(folder, createStillClock(noon), null)
    expect(again.spending.view().todayUsd).toBe(4)
    await again.spending.stop()
  })

  it('[Z5] the file of an earlier version is read, and a damaged one gives way to what was kept before', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'spending.json')
    const date = '2026-11-22'
    await writeFile(path, JSON.stringify({ date, models: { 'gpt-5.4': usage }, isWarned: false }))
    const clock = createStillClock(noon)
    const first = await open(folder, clock, 1)
    expect(first.spending.view().todayUsd).toBe(0.6)
    first.spending.count('gpt-5.4', { ...usage, outputTextTokens: 1_000 })
    await first.spending.stop()
    await writeFile(path, (await readFile(path, 'utf8')).replace('gpt', 'gqt'))
    const second = await open(folder, clock, 1)
    expect(second.spending.view().todayUsd).toBe(0.6)
    expect(second.spending.trouble).toContain('one change before')
    await second.spending.stop()
  })

  it('[Z210] a clock that is set forward and back takes nothing of what was spent', async () => {
    const folder = temporaryFolder()
    const clock = createStillClock(noon)
    const { spending } = await open(folder, clock, 1)
    spending.count('gpt-5.4', usage)
    clock.jump(dayMs)
    spending.count('gpt-5.4', { ...usage, outputTextTokens: 20_000 })
    expect(spending.view().todayUsd).toBeCloseTo(0.3, 10)
    clock.jump(-dayMs)
    spending.look()
    expect(spending.view().todayUsd).toBeCloseTo(0.9, 10)
    clock.jump(-dayMs)
    spending.look()
    expect(spending.view().todayUsd).toBeCloseTo(0.9, 10)
    await spending.stop()
    const again = await open(folder, clock, 1)
    expect(again.spending.view().todayUsd).toBeCloseTo(0.9, 10)
    await again.spending.stop()
  })
})

/** An answer that cost this many output tokens of text. */
function answerFor(service: ScriptedConnection, response: string, tokens: number): void {
  const begun = { id: response, object: 'realtime.response', conversation_id: 'conv', output: [] }
  service.send({ type: 'response.created', response: { ...begun, status: 'in_progress' } })
  const spent = { input_token_details: {}, output_token_details: { text_tokens: tokens, audio_tokens: 0 } }
  service.send({ type: 'response.done', response: { ...begun, status: 'completed', usage: spent } })
}

describe('the limit of a day', () => {
  it('[Z6] is warned of aloud, then stops the line with what to do; nothing is lost, and a higher limit goes on', async () => {
    const folder = temporaryFolder()
    // The scripted server's model has a price of the person's own: a dollar for ten thousand tokens.
    const { app, ask, live, notice, state, server } = await openApp({
      folder,
      settings: { dailyLimitUsd: 1 },
      before: async (host) => {
        const price = { inputText: 0, cachedText: 0, inputAudio: 0, cachedAudio: 0, outputText: 100, outputAudio: 0 }
        const models = { [`${host}/scripted`]: price }
        await writeFile(join(folder, 'prices.json'), JSON.stringify({ dated: '2026-11-22', models }))
      },
    })
    const service = await live()
    answerFor(service, 'r1', 8_500)
    const { message } = await notice('notice')
    expect(message).toBe('You have used 85 % of today’s limit of $1.00.')
    const told = await service.next('response.create')
    expect(told.type).toBe('response.create')
    expect(service.all('conversation.item.create').map(({ item }) => item)).toEqual([
      expect.objectContaining({ type: 'function_call', name: 'spending_warning' }),
      expect.objectContaining({ type: 'function_call_output', output: expect.stringContaining(message) as string }),
    ])

    answerFor(service, 'r2', 2_000)
    await state(({ line }) => line.type === 'refused' && line.remedy === 'limit')
    await service.closed
    const attempts = server.attempts()
    await ask('say', { text: 'One more thing.' })
    expect(server.attempts()).toBe(attempts)
    expect((await ask('look', null)).spending).toMatchObject({ state: 'stopped', capUsd: 1 })

    await ask('settings', { dailyLimitUsd: 5 })
    const next = await server.connection()
    await next.next('response.create')
    expect(JSON.stringify(next.all('conversation.item.create'))).toContain('One more thing.')
    expect(app.state().line.type).toBe('live')
  })
})
