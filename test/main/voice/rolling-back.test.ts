import { describe, expect, it } from 'vitest'
import type { ScriptedConnection } from '../../support/scripted-server.ts'
import { createVoiceLine, type VoiceLine } from '../../support/voice-line.ts'

const idsOf = (line: VoiceLine): string[] => line.record.conversation().turns.map(({ id }) => id)
const deleted = (connection: ScriptedConnection): string[] =>
  connection.all('conversation.item.delete').map(({ item_id }) => item_id)

/** A spoken question and its answer, played to the end. */
async function exchange(line: VoiceLine, connection: ScriptedConnection, n: number): Promise<void> {
  const answer = { response: `r${n}`, item: `a${n}` }
  connection.hearTurn(`u${n}`, n === 1 ? null : `a${n - 1}`, `Question ${n}?`)
  connection.beginAnswer({ ...answer, previous: `u${n}` })
  connection.speak(answer, `Answer ${n}.`, 200)
  connection.endAnswer(answer, `Answer ${n}.`)
  await connection.settled()
  line.clock.pass(1_000)
  await line.record.stored('played', ({ turn }) => turn === answer.item)
}

async function talking(): Promise<{ line: VoiceLine; connection: ScriptedConnection }> {
  const line = await createVoiceLine({ script: { deletes: true } })
  const connection = await line.live()
  await exchange(line, connection, 1)
  return { line, connection }
}

describe('an exchange that came to nothing', () => {
  it.each([
    ['fails', 'failed', null],
    ['is refused for its content', 'incomplete', { type: 'incomplete', reason: 'content_filter' }],
  ])('[H7] whose response %s is taken out here and there; its words are the draft', async (_, status, details) => {
    const { line, connection } = await talking()
    connection.hearTurn('u2', 'a1', 'Question 2?')
    connection.beginAnswer({ response: 'r2', item: 'a2', previous: 'u2' })
    connection.speak({ response: 'r2', item: 'a2' }, 'Half an', 200)
    const output = [{ id: 'a2', type: 'message', role: 'assistant', content: [] }]
    const response = { id: 'r2', conversation_id: 'conv', status, status_details: details, output }
    connection.send({ type: 'response.done', response })
    const back = await line.record.stored('rolled-back')
    expect(back).toMatchObject({ turns: ['u2', 'a2'], draft: 'Question 2?', why: 'failed' })
    await connection.next('conversation.item.delete')
    await connection.settled()
    await connection.settled()
    expect(deleted(connection)).toEqual(['u2', 'a2'])
    expect(idsOf(line)).toEqual(['u1', 'a1'])
    expect(line.session.holds().items.map(({ id }) => id)).toEqual(['u1', 'a1'])
    expect(line.record.conversation().draft).toBe('Question 2?')
    expect(line.record.changes.filter(({ type }) => type === 'turn-removed')).toEqual([])
    expect(line.heard('notice')).toHaveLength(1)
    expect(line.session.isQuiet()).toBe(true)
  })

  it('[H7] as its typed words were not taken is kept as a draft', async () => {
    const line = await createVoiceLine({ script: { refuseItem: () => ({ named: true }) } })
    await line.live()
    await line.session.say('Hello?')
    expect(await line.record.stored('rolled-back')).toMatchObject({ draft: 'Hello?' })
    expect(idsOf(line)).toEqual([])
  })

  it('[H7] is not given to the next session', async () => {
    const { line, connection } = await talking()
    connection.hearTurn('u2', 'a1', 'Question 2?')
    connection.send({
      type: 'response.created',
      response: { id: 'r2', conversation_id: 'conv', status: 'in_progress' },
    })
    connection.send({
      type: 'response.done',
      response: { id: 'r2', conversation_id: 'conv', status: 'failed', output: [] },
    })
    await line.record.stored('rolled-back')
    const waits = line.told('phase', ({ type }) => type === 'waiting')
    connection.terminate()
    await waits
    const live = line.told('phase', ({ type }) => type === 'live')
    line.clock.pass(1_000)
    const next = await line.server.connection()
    await live
    expect(next.all('conversation.item.create').map(({ item }) => item.id)).toEqual(['u1', 'a1'])
  })
})

describe('taking back', () => {
  it('[H8] the last exchange is gone here and there, and put back in its place with its words', async () => {
    const { line, connection } = await talking()
    await exchange(line, connection, 2)
    expect(await line.session.takeBack()).toBe(true)
    await connection.settled()
    expect(deleted(connection)).toEqual(['u2', 'a2'])
    expect(idsOf(line)).toEqual(['u1', 'a1'])
    expect(line.record.conversation().draft).toBe('Question 2?')

    expect(await line.session.putBack()).toBe(true)
    await connection.settled()
    await connection.settled()
    expect(idsOf(line)).toEqual(['u1', 'a1', 'u2', 'a2'])
    const given = connection.all('conversation.item.create')
    expect(given.map(({ item, previous_item_id }) => [item.id, previous_item_id])).toEqual([
      ['u2_2', undefined],
      ['a2_2', undefined],
    ])
    expect(JSON.stringify(given)).toContain('Answer 2.')
    expect(line.session.holds().items.map(({ id }) => id)).toEqual(['u1', 'a1', 'u2_2', 'a2_2'])
    expect(await line.session.putBack()).toBe(false)
  })

  it('[H8] while the voice answers, it is silenced first', async () => {
    const { line, connection } = await talking()
    connection.hearTurn('u2', 'a1', 'Question 2?')
    connection.beginAnswer({ response: 'r2', item: 'a2', previous: 'u2' })
    connection.speak({ response: 'r2', item: 'a2' }, 'A long answer', 5_000)
    await line.told('speaking', (now) => now)
    line.clock.pass(500)
    expect(await line.session.takeBack()).toBe(true)
    await connection.next('response.cancel')
    expect(idsOf(line)).toEqual(['u1', 'a1'])
    expect(line.speaker.health().queuedMs).toBe(0)
  })

  it('[H8] with nothing said there is nothing to take back', async () => {
    const line = await createVoiceLine()
    await line.live()
    expect(await line.session.takeBack()).toBe(false)
    expect(await line.session.putBack()).toBe(false)
  })
})

describe('what the model holds', () => {
  it('[H9] is told item by item as it was acknowledged: restored with its proof, live with what was heard', async () => {
    const { line, connection } = await talking()
    const waits = line.told('phase', ({ type }) => type === 'waiting')
    connection.terminate()
    await waits
    expect(line.session.holds()).toMatchObject({ session: null, items: [] })
    const restored = line.told('restored')
    const live = line.told('phase', ({ type }) => type === 'live')
    line.clock.pass(1_000)
    const next = await line.server.connection()
    const { digest } = await restored
    await live
    const atMs = line.clock.nowMs()
    expect(line.session.holds()).toMatchObject({
      session: 'sess_2',
      proof: { atMs, items: 2, digest, sessions: 1, attempts: 1 },
      items: [
        { id: 'u1', kind: 'person', from: 'restored', acknowledgedMs: atMs, text: 'Question 1?' },
        { id: 'a1', kind: 'voice', from: 'restored', acknowledgedMs: atMs, text: 'Answer 1.' },
      ],
      leftOut: 0,
      refused: [],
    })
    expect(digest).toMatch(/^[0-9a-f]{8}$/)
    line.clock.pass(1_000)
    next.hearTurn('u2', 'a1', 'Question 2?')
    next.beginAnswer({ response: 'r2', item: 'a2', previous: 'u2' })
    next.speak({ response: 'r2', item: 'a2' }, 'An answer', 1_000)
    await next.settled()
    expect(line.session.holds().items.slice(2)).toMatchObject([
      { id: 'u2', from: 'live', acknowledgedMs: line.clock.nowMs(), text: 'Question 2?' },
      { id: 'a2', from: 'live', acknowledgedMs: null },
    ])
  })
})
