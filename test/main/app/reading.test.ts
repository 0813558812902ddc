// Words read aloud beside the conversation: by the service that is live, and by the real built-in voice where it is not.
import { describe, expect, it } from 'vitest'
import { piecesOf } from '../../../src/core/realtime/reading.ts'
import { openApp, type OpenedApp } from '../../support/opened-app.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'
import { within } from '../../support/within.ts'

function answer(connection: ScriptedConnection, item: string, words: string, ms = 100): void {
  const ids = { response: `resp_${item}`, item }
  connection.beginAnswer({ ...ids, previous: null })
  connection.speak(ids, words, ms)
  connection.endAnswer(ids, words)
}

async function answered(app: OpenedApp): Promise<string> {
  await answeredOn(app, await app.live())
  return 'item_a'
}

async function answeredOn({ ask, notice }: OpenedApp, connection: ScriptedConnection): Promise<void> {
  await ask('say', { text: 'Where is the lighthouse?' })
  await connection.next('response.create')
  answer(connection, 'item_a', 'On the last rock, “Ar-Men”.')
  await notice('change', ({ stored }) => stored.change.type === 'played')
}

const sounds = ({ notice }: OpenedApp): Promise<unknown> =>
  notice('position', ({ item, playedMs }) => item.startsWith('reading') && playedMs > 0)

describe('reading aloud', () => {
  it('[W225] an answer is read once more over a line of its own, and the conversation stays as it was', async () => {
    const app = await openApp()
    const turn = await answered(app)
    const before = await app.ask('snapshot', null)
    const reading = app.ask('read-aloud', { turn })
    const own = await app.server.connection()
    await own.next('session.update')
    const { response } = await own.next('response.create')
    expect(response).toMatchObject({ conversation: 'none', instructions: 'Say exactly: "On the last rock, “Ar-Men”."' })
    answer(own, 'item_r', 'On the last rock.', 60)
    await reading
    await sounds(app)
    await within('the line to end', own.closed)
    expect(await app.ask('snapshot', null)).toEqual(before)
    await expect(app.ask('read-aloud', { turn: 'nobody' })).rejects.toThrow('no words')
  })

  it('[W225] whoever types or silences the voice ends the reading', async () => {
    const app = await openApp()
    const turn = await answered(app)
    for (const end of [() => app.ask('hush', null), () => app.ask('say', { text: 'And now?' })]) {
      const reading = app.ask('read-aloud', { turn })
      const own = await app.server.connection()
      await own.next('response.create')
      own.beginAnswer({ response: 'r', item: 'i', previous: null })
      own.speak({ response: 'r', item: 'i' }, 'On the', 4_000)
      await reading
      await end()
      await within('the line to end', own.closed)
    }
  })

  it('[W183] silences the voice that speaks, and is refused while the person is heard', async () => {
    const app = await openApp()
    const connection = await app.live()
    await answeredOn(app, connection)
    const turn = 'item_a'
    await app.ask('say', { text: 'Tell me more.' })
    await connection.next('response.create')
    const ids = { response: 'resp_b', item: 'item_b' }
    connection.beginAnswer({ ...ids, previous: null })
    connection.speak(ids, 'Long ago', 20_000)
    await app.notice('position', ({ item, playedMs }) => item === 'item_b' && playedMs > 0)
    const reading = app.ask('read-aloud', { turn })
    await connection.next('conversation.item.truncate')
    const own = await app.server.connection()
    await own.next('response.create')
    answer(own, 'item_r', 'On the last rock.', 60)
    await reading
    await sounds(app)
    connection.send({ type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: 'item_c' })
    await app.state(({ presence }) => presence === 'listening')
    await expect(app.ask('read-aloud', { turn })).rejects.toThrow('You are being heard')
  })

  it('[W244] a window is told what is read, until its last sound is over or it is ended', async () => {
    const app = await openApp()
    const turn = await answered(app)
    const read = async (): Promise<ScriptedConnection> => {
      const begun = app.notice('reading', ({ of }) => of !== null)
      const reading = app.ask('read-aloud', { turn })
      expect((await begun).of).toEqual({ turn })
      const own = await app.server.connection()
      await own.next('response.create')
      answer(own, 'item_r', 'On the last rock.', 60)
      await reading
      return own
    }
    const over = (): Promise<unknown> => app.notice('reading', ({ of }) => of === null)
    let ended = over()
    await read()
    await ended
    ended = over()
    await read()
    await app.ask('hush', null)
    await ended
    const failed = over()
    const reading = app.ask('read-aloud', { turn })
    const own = await app.server.connection()
    await own.next('response.create')
    own.beginAnswer({ response: 'r', item: 'i', previous: null })
    own.close(1011)
    await expect(reading).rejects.toThrow()
    await failed
  })

  it('[W225] without a live service the built-in voice reads; a voice is heard before it is chosen', async () => {
    const app = await openApp()
    const turn = await answered(app)
    await app.server.close()
    await app.state(({ line }) => line.type === 'waiting')
    await app.ask('read-aloud', { turn })
    await sounds(app)
    await app.ask('hush', null)
    await app.ask('settings', { endpoint: { kind: 'embedded', model: 'gpt-realtime' }, voice: '' })
    await app.ask('preview-voice', { voice: 'slt' })
    await app.notice('position', ({ item, playedMs }) => item === 'reading 2' && playedMs > 0)
    expect((await app.ask('look', null)).settings.voice).toBe('')
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
