// Talking by a name on a whole line with a scripted service: the microphone's judgments and what is understood are the test's, the
// rest is real; time is moved.
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createEmitter } from '../../src/core/emitter.ts'
import { lineViewOf } from '../../src/core/views.ts'
import type { Hearing } from '../../src/main/audio/hearing.ts'
import { createResampler } from '../../src/main/audio/resample.ts'
import { createCompanion } from '../../src/main/companion.ts'
import type { Naming } from '../../src/main/named-talk.ts'
import type { Microphone } from '../../src/main/ports.ts'
import type { ScriptedConnection } from '../support/scripted-server.ts'
import { createVoiceLine, numberedFrame, type VoiceLine } from '../support/voice-line.ts'

const naming: Naming = { phrase: 'Hey Parley', staysOpenMs: 8_000 }
const moments = 32
const ticks = 20

/** A frame says by its number what it holds: so the listener knows a call when it is asked about one. */
const callFrame = 7_777

interface Named {
  line: VoiceLine
  companion: ReturnType<typeof createCompanion>
  /** So much sound, of which each moment is speech so probably. */
  hear(ms: number, speech: number, number?: number): Promise<void>
  /** What a call is, and then nothing; or more in the same breath. */
  call(more?: number): Promise<void>
  /** The next one; from then on its line is kept alive. */
  connection(): Promise<ScriptedConnection>
  sounds: string[]
  asked(): number
}

async function openNamed(line: VoiceLine): Promise<Named> {
  const events = createEmitter<{ frame: Int16Array; judged: readonly number[] | null }>()
  let asked = 0
  const hearing: Hearing = {
    warm: () => undefined,
    fit(_, samples) {
      asked++
      // Resampled, a frame of one number stays one.
      const isCalled = samples.filter((one) => Math.abs(one - callFrame) < 400).length > 6_000
      return Promise.resolve({ fit: isCalled ? 90 : 5, isCalled, hasMore: false })
    },
    view: () => Promise.resolve(null),
    isThere: () => true,
    stop: () => undefined,
  }
  const nothing = (): Promise<void> => Promise.resolve()
  const microphone: Microphone = {
    onFrame: (listen) => events.on('frame', listen),
    speech: { listen: () => undefined, onJudged: (listen) => events.on('judged', listen) },
    onEnd: () => () => undefined,
    onTrouble: () => () => undefined,
    open: nothing,
    close: nothing,
  }
  const companion = createCompanion({
    session: line.session,
    record: line.record,
    microphone,
    speaker: line.speaker,
    onlySpeech: true,
    handsFree: true,
    named: { clock: line.clock, hearing, naming },
    work: null,
  })
  const sounds: string[] = []
  companion.onNamedSound((what) => sounds.push(what))
  await companion.wake()
  let owedMs = 0
  let service: ScriptedConnection | null = null

  async function hear(ms: number, speech: number, number = 3): Promise<void> {
    for (let at = 0; at < ms; at += ticks) {
      owedMs += ticks
      const judged: number[] = []
      for (; owedMs >= moments; owedMs -= moments) judged.push(speech)
      events.emit('judged', judged)
      events.emit('frame', numberedFrame(number))
      line.clock.pass(ticks)
      // The reading is a promise or two away.
      if (at % 200 === 0) await new Promise((resolve) => setImmediate(resolve))
      // A line that is not heard of is taken for dead.
      if (at % 1_000 === 0 && line.session.phase().type === 'live') await service?.settled()
    }
    await new Promise((resolve) => setImmediate(resolve))
  }

  return {
    line,
    companion,
    hear,
    async connection() {
      service = await line.server.connection()
      return service
    },
    sounds,
    asked: () => asked,
    async call(more = 0) {
      await hear(1_000, 0.9, callFrame)
      if (more > 0) await hear(more, 0.9, 5)
      else await hear(700, 0)
    },
  }
}

const lineOf = (named: Named): string => lineViewOf(named.line.session.phase()).type

async function live(line: VoiceLine): Promise<void> {
  if (line.session.phase().type !== 'live') await line.told('phase', ({ type }) => type === 'live')
}

async function answer(named: Named, turn: string, words: string): Promise<void> {
  const service = await named.connection()
  await served(named, service, turn, words)
}

async function served({ line }: Named, service: ScriptedConnection, turn: string, words: string): Promise<void> {
  await live(line)
  service.hearTurn(turn, null, words)
  const spoken = { response: `r-${turn}`, item: `a-${turn}` }
  service.beginAnswer({ ...spoken, previous: turn })
  service.speak(spoken, 'Nine o’clock.', 1_000)
  service.endAnswer(spoken, 'Nine o’clock.')
  await service.settled()
}

describe('talking by a name', () => {
  // Its first use loads it, which no moved clock waits for.
  beforeAll(async () => (await createResampler(24_000, 16_000)).close())

  it('[A300] until it is called there is no line, and nothing of what is heard is kept', async () => {
    const named = await openNamed(await createVoiceLine())
    expect(lineOf(named)).toBe('resting')
    await named.hear(4_000, 0.9)
    await named.hear(1_000, 0)
    expect(named.asked()).toBeGreaterThan(0)
    await named.hear(10 * 60_000, 0)
    expect(named.line.server.attempts()).toBe(0)
    expect(named.companion.sending()).toBe('nothing')
    expect(named.companion.named()).toEqual({ phrase: 'Hey Parley', open: false, closesMs: null, lastsMs: 8_000 })
  })

  it('[A301] what is said in the same breath is sent from the first sound of the phrase, without a gap', async () => {
    const named = await openNamed(await createVoiceLine())
    await named.hear(2_000, 0, 2)
    await named.call(1_500)
    const service = await named.connection()
    await live(named.line)
    await service.settled()
    const frames = service.frames()
    expect(frames.filter((one) => one === callFrame)).toHaveLength(50)
    expect(frames.filter((one) => one === 5)).toHaveLength(75)
    // Half of what stands before it, and no more.
    expect(frames.filter((one) => one === 2).length).toBeLessThanOrEqual(16)
    expect(named.sounds).toEqual([])
  })

  it('[A302] the phrase alone opens it with a soft sound and sends nothing', async () => {
    const named = await openNamed(await createVoiceLine())
    await named.call()
    await named.connection()
    expect(named.companion.named()).toMatchObject({ open: true })
    expect(named.sounds).toEqual(['opened'])
    await named.hear(1_000, 0)
    expect(named.companion.sendingCounts().sentMs).toBe(0)
  })

  it('[A303] it stays open until nobody has said anything for as long as is set, then closes with a soft sound, and the line with it', async () => {
    const named = await openNamed(await createVoiceLine())
    await named.call(1_000)
    await answer(named, 'u1', 'Hey Parley, what time is it?')
    await named.hear(1_600, 0)
    expect(named.companion.named()).toMatchObject({ open: true })
    const closesMs = named.companion.named()?.closesMs ?? 0
    expect(closesMs - named.line.clock.nowMs()).toBeGreaterThan(6_000)
    // Said within that time, without the phrase.
    await named.hear(1_000, 0.9, 5)
    expect(named.companion.named()).toMatchObject({ open: true, closesMs: null })
    await named.hear(20_000, 0)
    expect(named.companion.named()).toMatchObject({ open: false })
    expect(named.sounds).toEqual(['closed'])
    expect(lineOf(named)).toBe('resting')
    const before = named.companion.sendingCounts().sentMs
    await named.hear(3_000, 0.9, 5)
    expect(named.companion.sendingCounts().sentMs).toBe(before)
  })

  it('[A304] “that’s all” closes it, “stop” silences the voice', async () => {
    const named = await openNamed(await createVoiceLine())
    await named.call(1_000)
    const service = await named.connection()
    await served(named, service, 'u1', 'Hey Parley, tell me a story.')
    await named.hear(200, 0)
    service.hearTurn('u2', 'a-u1', 'Stop.')
    await service.settled()
    await named.hear(200, 0)
    expect(named.line.session.isQuiet()).toBe(true)
    expect(named.companion.named()).toMatchObject({ open: true })
    service.hearTurn('u3', 'u2', 'Thanks, that’s all.')
    await service.settled()
    expect(named.companion.named()).toMatchObject({ open: false })
    expect(named.sounds.at(-1)).toBe('closed')
  })

  it('[A306] the talk key opens it as the phrase does; muted it hears no call', async () => {
    const named = await openNamed(await createVoiceLine())
    named.companion.mute(true)
    await named.call()
    expect(named.companion.named()).toMatchObject({ open: false })
    named.companion.mute(false)
    named.companion.press()
    named.companion.release()
    expect(named.companion.named()).toMatchObject({ open: true })
    await named.connection()
  })

  it('[A307] typed words are answered without it being called, and the line rests again', async () => {
    const named = await openNamed(await createVoiceLine())
    void named.companion.say('What time is it?')
    const service = await named.connection()
    await service.next('response.create')
    const spoken = { response: 'r1', item: 'a1' }
    service.beginAnswer({ ...spoken, previous: null })
    service.speak(spoken, 'Nine.', 500)
    service.endAnswer(spoken, 'Nine.')
    await service.settled()
    await named.hear(3_000, 0)
    expect(lineOf(named)).toBe('resting')
    expect(named.companion.named()).toMatchObject({ open: false })
  })

  it('[A308] hours with sleep, losses of the network and of the microphone leave nothing behind, and each call is answered', async () => {
    const hours = Number(process.env['PARLEY_HOURS'] ?? 4)
    const named = await openNamed(await createVoiceLine({ chance: () => 0 }))
    const { line } = named
    let answered = 0
    let waiting = 0
    for (let hour = 0; hour < hours; hour++) {
      await named.hear(10_000, 0)
      // A television, a door, a voice in the next room.
      for (const speech of [0.9, 0.3, 0.12]) {
        await named.hear(4_000, speech)
        await named.hear(600, 0)
      }
      await named.call(800)
      const service = await named.connection()
      if (hour % 3 === 1) {
        // The network goes in the middle of it.
        await live(line)
        const lost = line.told('phase', ({ type }) => type !== 'live')
        service.terminate()
        await lost
        line.clock.pass(0)
        await served(named, await named.connection(), `u${hour}`, 'Hey Parley, what time is it?')
      } else await served(named, service, `u${hour}`, 'Hey Parley, what time is it?')
      await named.hear(3_000, 0)
      if (line.record.conversation().turns.some(({ id, text }) => id === `a-u${hour}` && text.includes('Nine')))
        answered++
      await named.hear(30_000, 0)
      expect([hour, lineOf(named), named.companion.named()?.open]).toEqual([hour, 'resting', false])
      // It sleeps, and wakes with another microphone: the frames stop, the wall clock jumps.
      line.clock.pass(50 * 60_000)
      line.clock.jump(7 * 60_000)
      line.session.prove()
      if (hour === 0) waiting = line.clock.waiting()
      expect(line.clock.waiting()).toBe(waiting)
    }
    expect(answered).toBe(hours)
    expect(line.server.mostOpen()).toBeLessThanOrEqual(2)
    onTestFinished(() => named.companion.stop())
  })
})
