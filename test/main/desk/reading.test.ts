// Words read aloud beside the conversation: by the service that is live, and by the real built-in voice where it is not.
import { describe, expect, it } from 'vitest'
import { piecesOf } from '../../../src/core/realtime/reading.ts'
import { startDesk, type StartedDesk } from '../../support/desk-start.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'
import { within } from '../../support/within.ts'

function answer(connection: ScriptedConnection, item: string, words: string, ms = 100): void {
  const ids = { response: `resp_${item}`, item }
  connection.beginAnswer({ ...ids, previous: null })
  connection.speak(ids, words, ms)
  connection.endAnswer(ids, words)
}

async function answered({ ask, live, notice }: StartedDesk): Promise<string> {
  const connection = await live()
  await ask('say', { text: 'Where is the lighthouse?' })
  await connection.next('response.create')
  answer(connection, 'item_a', 'On the last rock, “Ar-Men”.')
  await notice('change', ({ stored }) => stored.change.type === 'played')
  return 'item_a'
}

const sounds = ({ notice }: StartedDesk): Promise<unknown> =>
  notice('position', ({ item, playedMs }) => item.startsWith('reading') && playedMs > 0)

describe('reading aloud', () => {
  it('[W225] an answer is read once more over a line of its own, and the conversation stays as it was', async () => {
    const desk = await startDesk()
    const turn = await answered(desk)
    const before = await desk.ask('snapshot', null)
    const reading = desk.ask('read-aloud', { turn })
    const own = await desk.server.connection()
    await own.next('session.update')
    const { response } = await own.next('response.create')
    expect(response).toMatchObject({ conversation: 'none', instructions: 'Say exactly: "On the last rock, “Ar-Men”."' })
    answer(own, 'item_r', 'On the last rock.', 60)
    await reading
    await sounds(desk)
    await within('the line to end', own.closed)
    expect(await desk.ask('snapshot', null)).toEqual(before)
    await expect(desk.ask('read-aloud', { turn: 'nobody' })).rejects.toThrow('no words')
  })

  it('[W225] whoever types or silences the voice ends the reading', async () => {
    const desk = await startDesk()
    const turn = await answered(desk)
    for (const end of [() => desk.ask('hush', null), () => desk.ask('say', { text: 'And now?' })]) {
      const reading = desk.ask('read-aloud', { turn })
      const own = await desk.server.connection()
      await own.next('response.create')
      own.beginAnswer({ response: 'r', item: 'i', previous: null })
      own.speak({ response: 'r', item: 'i' }, 'On the', 4_000)
      await reading
      await end()
      await within('the line to end', own.closed)
    }
  })

  it('[W244] a window is told what is read, until its last sound is over or it is ended', async () => {
    const desk = await startDesk()
    const turn = await answered(desk)
    const read = async (): Promise<ScriptedConnection> => {
      const begun = desk.notice('reading', ({ of }) => of !== null)
      const reading = desk.ask('read-aloud', { turn })
      expect((await begun).of).toEqual({ turn })
      const own = await desk.server.connection()
      await own.next('response.create')
      answer(own, 'item_r', 'On the last rock.', 60)
      await reading
      return own
    }
    const over = (): Promise<unknown> => desk.notice('reading', ({ of }) => of === null)
    let ended = over()
    await read()
    await ended
    ended = over()
    await read()
    await desk.ask('hush', null)
    await ended
    const failed = over()
    const reading = desk.ask('read-aloud', { turn })
    const own = await desk.server.connection()
    await own.next('response.create')
    own.beginAnswer({ response: 'r', item: 'i', previous: null })
    own.close(1011)
    await expect(reading).rejects.toThrow()
    await failed
  })

  it('[W225] without a live service the built-in voice reads; a voice is heard before it is chosen', async () => {
    const desk = await startDesk()
    const turn = await answered(desk)
    await desk.server.close()
    await desk.state(({ line }) => line.type !== 'live')
    await desk.ask('read-aloud', { turn })
    await sounds(desk)
    await desk.ask('hush', null)
    await desk.ask('settings', { endpoint: { kind: 'embedded', model: 'gpt-realtime' }, voice: '' })
    await desk.ask('preview-voice', { voice: 'slt' })
    await desk.notice('position', ({ item, playedMs }) => item === 'reading 2' && playedMs > 0)
    expect((await desk.ask('look', null)).settings.voice).toBe('')
  })

  it('[W225] a long answer is read in pieces that end with sentences and lose nothing', () => {
    const sentence = 'The lighthouse of Ar-Men stands on the last rock before the ocean. '
    const text = sentence.repeat(60)
    const pieces = piecesOf(text)
    expect(pieces.length).toBeGreaterThan(4)
    for (const piece of pieces) expect(piece.length <= 900 && piece.endsWith('.')).toBe(true)
    expect(pieces.join(' ')).toBe(text.trim())
    expect(piecesOf('x'.repeat(2_000)).join('')).toBe('x'.repeat(2_000))
    expect(piecesOf(' ')).toEqual([])
  })
})
