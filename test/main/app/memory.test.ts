import { describe, expect, it } from 'vitest'
import type { ScriptedConnection } from '../../support/scripted-server.ts'
import { openApp } from '../../support/opened-app.ts'

function answer(connection: ScriptedConnection, item: string, words: string): void {
  const ids = { response: `resp_${item}`, item }
  connection.beginAnswer({ ...ids, previous: null })
  connection.speak(ids, words, 300)
  connection.endAnswer(ids, words)
}

describe('what a window can ask about the model’s memory', () => {
  it('[H8] take-back removes the last exchange and keeps its words as a draft; put-back and drop-draft end that', async () => {
    const { ask, app, live, notice } = await openApp()
    const connection = await live()
    expect(await app.answer('take-back', null)).toMatchObject({ ok: false, error: { kind: 'refused' } })
    await ask('say', { text: 'My cat is called Miso' })
    await connection.next('response.create')
    answer(connection, 'item_a', 'Nice name.')
    await notice('change', ({ stored }) => stored.change.type === 'played')
    await ask('take-back', null)
    expect(await ask('snapshot', null)).toMatchObject({ turns: [], draft: 'My cat is called Miso' })
    await ask('put-back', null)
    expect((await ask('snapshot', null)).turns.map(({ text }) => text)).toEqual(['My cat is called Miso', 'Nice name.'])
    expect(await app.answer('put-back', null)).toMatchObject({ ok: false, error: { kind: 'refused' } })
    await ask('take-back', null)
    await ask('drop-draft', null)
    expect(await ask('snapshot', null)).toMatchObject({ turns: [], draft: null })
  })

  it('[H9] [H10] what the model holds is told with its session, and how full its memory is with the health', async () => {
    const { ask, live, notice } = await openApp()
    const connection = await live()
    const { session, items } = await ask('holds', null)
    expect([session, items]).toEqual(['sess_1', []])
    await ask('say', { text: 'My cat is called Miso' })
    await connection.next('response.create')
    answer(connection, 'item_a', 'Nice name.')
    await notice('change', ({ stored }) => stored.change.type === 'played')
    expect((await ask('holds', null)).items).toMatchObject([
      { kind: 'person', from: 'live', text: 'My cat is called Miso' },
      { kind: 'voice', from: 'live', text: 'Nice name.' },
    ])
    const { context } = (await ask('look', null)).health
    expect(context).toMatchObject({ source: 'estimated', windowTokens: 28_224, compactedMs: null })
    expect(context?.usedTokens).toBeGreaterThan(0)
  })
})
