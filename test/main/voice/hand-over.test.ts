import { describe, expect, it } from 'vitest'
import { msToSamples } from '../../../src/core/audio/pcm.ts'
import { createOvertakenLine, minuteMs, type OvertakenLine } from '../../support/overtaken-line.ts'
import { firstBreak } from '../../support/ramp.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'
import { seededRandom } from '../../support/seeded-random.ts'

const answer = { response: 'r2', item: 'a2' }

async function begin(): Promise<{ line: OvertakenLine; first: ScriptedConnection }> {
  const line = await createOvertakenLine({ chance: () => 0, script: { withholdUpdated: (n) => n > 1 } })
  const first = await line.live()
  first.hearTurn('u1', null, 'My dog is called Bruno.')
  await line.record.stored('words-heard')
  return { line, first }
}

function hearingBegins(first: ScriptedConnection, item: string, frames: number): Promise<void> {
  first.send({ type: 'input_audio_buffer.speech_started', audio_start_ms: frames * 20, item_id: item })
  return first.settled()
}

/** Speaks on until the next session is there and has taken over, which it may after `heldFrames`. */
async function switchOver(
  line: OvertakenLine,
  first: ScriptedConnection,
  heldFrames: number,
  beside: () => void = () => undefined,
): Promise<ScriptedConnection> {
  let isThere = null as ScriptedConnection | null
  const arrived = line.server.connection().then((connection) => (isThere = connection))
  for (let at = 0; isThere === null && at < 100; at++) {
    beside()
    await line.speak(10, first)
  }
  const second = await arrived
  await second.next('session.update')
  expect(line.session.phase().type).toBe('handing-over')
  await line.speak(heldFrames, first)
  const live = line.told('phase', ({ type }) => type === 'live')
  const restored = line.told('restored')
  second.send({ type: 'session.updated', session: { id: 'next' } })
  // Until the old one has shown what it makes of what it was given last.
  const state = { isLive: false }
  void live.then(() => (state.isLive = true))
  for (let at = 0; !state.isLive && at < 100; at++) await line.speak(1, second)
  expect((await restored).refused).toEqual([])
  await live
  return second
}

/** Every sample that was spoken reached exactly one of the two, in order. */
function expectWhole(line: OvertakenLine, first: ScriptedConnection, second: ScriptedConnection): void {
  const all = Int16Array.from([...first.samples(), ...second.samples()])
  expect(firstBreak(all)).toBeNull()
  expect(all.length).toBe(line.spokenFrames() * 480)
  expect(second.samples().length).toBeGreaterThan(0)
  expect(line.server.mostOpen()).toBe(2)
}

const items = (connection: ScriptedConnection): unknown[] =>
  connection
    .all('conversation.item.create')
    .map(({ item }) => [item.id, JSON.stringify(item).match(/"text":"(.*?)"/)?.[1]])

describe('a hand-over under continuous sound', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    '[V10] %i: in a quiet moment every sample goes to exactly one session',
    async (seed) => {
      const chance = seededRandom(seed)
      const { line, first } = await begin()
      await line.pass(first, 55 * minuteMs - 1_000 - Math.floor(chance() * 2_000), 5_000)
      await line.speak(100, first)
      const second = await switchOver(line, first, Math.floor(chance() * 120))
      await line.speak(50, second)
      expect(await first.closed).toMatchObject({ code: 1000 })
      await second.settled()
      expectWhole(line, first, second)
      expect(items(second)).toEqual([['u1', 'My dog is called Bruno.']])
    },
  )

  it.each([1, 2, 3, 4, 5, 6])(
    '[V18] %i: speech without a pause is split: each session makes a turn of its part, both are known',
    async (seed) => {
      const chance = seededRandom(seed)
      const { line, first } = await begin()
      await line.pass(first, 54.9 * minuteMs, 5_000)
      await hearingBegins(first, 'u2', 0)
      await line.speak(520 + Math.floor(chance() * 100), first)
      await line.pass(first, 58 * minuteMs + 27_000 - line.clock.monotonicMs(), 1_000)
      const second = await switchOver(line, first, Math.floor(chance() * 120))
      await first.next('input_audio_buffer.commit')
      await line.speak(40, second)
      await hearingBegins(second, 'u3', 0)
      first.send({ type: 'input_audio_buffer.committed', item_id: 'u2', previous_item_id: 'u1' })
      first.transcribe('u2', 'The first half')
      expect(await first.closed).toMatchObject({ code: 1000 })
      await second.next('conversation.item.create')
      const late = await second.next('conversation.item.create')
      expect(late).toMatchObject({ previous_item_id: 'u1', item: { id: 'u2', role: 'user' } })
      second.send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: 900, item_id: 'u3' })
      second.send({ type: 'input_audio_buffer.committed', item_id: 'u3', previous_item_id: 'u2' })
      second.transcribe('u3', 'and the second.')
      await line.record.stored('words-heard', ({ turn }) => turn === 'u3')
      expectWhole(line, first, second)
      expect(line.record.conversation().turns.map(({ text }) => text)).toEqual([
        'My dog is called Bruno.',
        'The first half',
        'and the second.',
      ])
    },
  )

  it.each([1, 2, 3, 4, 5, 6])(
    '[V18] %i: an answer sounds on from the old session without a gap and is known to the next',
    async (seed) => {
      const chance = seededRandom(seed)
      const { line, first } = await begin()
      await line.pass(first, 54.9 * minuteMs, 5_000)
      await hearingBegins(first, 'u2', 0)
      await line.pass(first, 58 * minuteMs + 20_000 + Math.floor(chance() * 5_000) - line.clock.monotonicMs(), 1_000)
      first.send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: 900, item_id: 'u2' })
      first.send({ type: 'input_audio_buffer.committed', item_id: 'u2', previous_item_id: 'u1' })
      first.transcribe('u2', 'Tell me a story.')
      first.beginAnswer({ ...answer, previous: 'u2' })
      line.speaker.record()
      line.answer(first, answer, 'Once upon', 2_000)
      await first.settled()
      const more = (): void => line.answer(first, answer, ' a time', 200)
      const second = await switchOver(line, first, Math.floor(chance() * 50), more)
      for (let at = 0; at < 5; at++) {
        more()
        await line.speak(10, first, second)
      }
      expect(line.session.isQuiet()).toBe(false)
      const words = 'Once upon a time there was a dog.'
      first.endAnswer(answer, words)
      expect(await first.closed).toMatchObject({ code: 1000 })
      await line.speak(100, second)
      const played = await line.record.stored('played')
      expect(played).toMatchObject({ turn: 'a2', heard: words, cut: false })
      const recorded = line.speaker.recorded()
      const heard = recorded.filter((sample) => sample !== 0)
      expect(heard.length).toBe(msToSamples(played.playedMs))
      // From its first sample on the recording is the ramp: no gap, no jump.
      const beginsAt = recorded.findIndex((sample) => sample !== 0)
      expect(firstBreak(recorded.subarray(beginsAt, beginsAt + heard.length))).toBeNull()
      await second.settled()
      expect(items(second).at(-1)).toEqual(['a2', words])
      expect(second.all('response.create')).toEqual([])
      expectWhole(line, first, second)
    },
  )

  it('[V18] what is just being said is heard whole by the next session, and the old one makes no turn of it', async () => {
    const { line, first } = await begin()
    await line.pass(first, 54.9 * minuteMs, 5_000)
    await hearingBegins(first, 'u2', 0)
    await line.pass(first, 58 * minuteMs + 28_000 - line.clock.monotonicMs(), 1_000)
    first.send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: 900, item_id: 'u2' })
    first.send({ type: 'input_audio_buffer.committed', item_id: 'u2', previous_item_id: 'u1' })
    first.transcribe('u2', 'Well.')
    await line.speak(20, first)
    await hearingBegins(first, 'u3', 15)
    const second = await switchOver(line, first, 30)
    await first.next('input_audio_buffer.clear')
    expect(await first.closed).toMatchObject({ code: 1000 })
    await line.speak(20, second)
    await second.settled()
    const whole = second.samples()
    expect(firstBreak(whole)).toBeNull()
    expect(whole[0]).toBe(15 * 480 + 1)
    expect(whole.length).toBe((line.spokenFrames() - 15) * 480)
    expect(first.all('input_audio_buffer.commit')).toEqual([])
  })

  it('[V18] speaking over an answer that still comes from the old session silences it there; the next one knows what was heard', async () => {
    const { line, first } = await begin()
    await line.pass(first, 54.9 * minuteMs, 5_000)
    await hearingBegins(first, 'u2', 0)
    await line.pass(first, 58 * minuteMs + 28_000 - line.clock.monotonicMs(), 1_000)
    first.send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: 900, item_id: 'u2' })
    first.send({ type: 'input_audio_buffer.committed', item_id: 'u2', previous_item_id: 'u1' })
    first.transcribe('u2', 'Count.')
    first.beginAnswer({ ...answer, previous: 'u2' })
    line.answer(first, answer, 'One two three four five six seven eight nine ten', 6_000)
    await first.settled()
    const second = await switchOver(line, first, 10)
    await hearingBegins(second, 'u3', 0)
    expect(await first.next('response.cancel')).toMatchObject({ response_id: 'r2' })
    const truncate = await first.next('conversation.item.truncate')
    expect(truncate.item_id).toBe('a2')
    first.endAnswer(answer, '', 'cancelled')
    await first.closed
    await second.settled()
    expect(second.all('conversation.item.truncate')).toEqual([])
    const played = await line.record.stored('played')
    expect(played).toMatchObject({ turn: 'a2', cut: true, playedMs: truncate.audio_end_ms })
    expect(items(second).at(-1)).toEqual(['a2', `${played.heard} —`])
  })

  it('[V18] the old session dying in the middle of its last answer: what came is heard, marked as cut and known to the next one', async () => {
    const { line, first } = await begin()
    await line.pass(first, 54.9 * minuteMs, 5_000)
    await hearingBegins(first, 'u2', 0)
    await line.pass(first, 58 * minuteMs + 28_000 - line.clock.monotonicMs(), 1_000)
    first.send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: 900, item_id: 'u2' })
    first.send({ type: 'input_audio_buffer.committed', item_id: 'u2', previous_item_id: 'u1' })
    first.transcribe('u2', 'Count.')
    first.beginAnswer({ ...answer, previous: 'u2' })
    line.answer(first, answer, 'One two three', 5_000)
    await first.settled()
    const second = await switchOver(line, first, 10)
    first.terminate()
    await line.record.stored('words-spoken')
    await line.speak(300, second)
    const played = await line.record.stored('played')
    expect(played).toEqual({ type: 'played', turn: 'a2', playedMs: 5_000, heard: 'One two three', cut: true })
    await second.settled()
    expect(items(second).slice(-2)).toEqual([
      ['u2', 'Count.'],
      ['a2', 'One two three —'],
    ])
    expect(second.all('response.create')).toEqual([])
    expect(line.session.phase()).toMatchObject({ type: 'live', socket: 2 })
  })

  it('[V18] the old session dying before it understood a turn: its sound goes to the next one, as a turn of its own', async () => {
    const { line, first } = await begin()
    await line.pass(first, 54.9 * minuteMs, 5_000)
    await hearingBegins(first, 'u2', 0)
    await line.pass(first, 58 * minuteMs + 27_000 - line.clock.monotonicMs(), 1_000)
    await line.speak(50, first)
    await first.settled()
    first.send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: 1_000, item_id: 'u2' })
    first.send({ type: 'input_audio_buffer.committed', item_id: 'u2', previous_item_id: 'u1' })
    first.beginAnswer({ ...answer, previous: 'u2' })
    await first.settled()
    const second = await switchOver(line, first, 10)
    await second.settled()
    const before = second.frames().length
    first.terminate()
    await line.record.stored('turn-removed', ({ turn }) => turn === 'u2')
    await second.settled()
    const again = second.frames().slice(before)
    expect(again.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, frame) => ((frame * 480) % 30_000) + 1))
    expect(again.slice(50)).toEqual(again.slice(50).map(() => 0))
    expect(again.length).toBeGreaterThan(100)
  })
})
