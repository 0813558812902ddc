import { describe, expect, it } from 'vitest'
import { receivedOf } from '../../support/holding.ts'
import { createModelledLine, type ModelledLine, type Utterance } from '../../support/modelled-line.ts'
import { spokenTurns } from '../../support/spoken-turns.ts'
import type { ModelSession } from '../../support/service/session.ts'

/** All of it is in one turn of the newest session, and it is answered once. */
function expectWhole(line: ModelledLine, said: Utterance): void {
  const { number } = line.service.session()
  const got = receivedOf(line.service, said).filter(({ session }) => session === number)
  expect(got.map(({ frames }) => frames)).toEqual([said.frames])
  const answers = line.service.responses.filter(({ open }) => open.some(({ words }) => words === said.words))
  expect(answers.map(({ status }) => status)).toEqual(['completed'])
  expect(line.turns().map(({ text }) => text)).toContain(said.words)
}

describe('sound that was written to a line', () => {
  it('[V60] whose packets vanish reaches the next session whole: 3 s hands-free, told within 5 s', async () => {
    const line = createModelledLine()
    const service = await line.live()
    service.line.vanish()
    const fromMs = line.clock.monotonicMs()
    const said = await line.turn('Where were we?', 3_000)
    for (let at = 0; at < 40 && line.session.phase().type === 'live'; at++) await line.quiet(100)
    expect(line.clock.monotonicMs() - fromMs).toBeLessThanOrEqual(5_000)
    await line.quiet(4_000)
    expectWhole(line, said)
    await line.stop()
  })

  it('[V60] whose packets vanish in mid-turn reaches the next session from its first syllable', async () => {
    const line = createModelledLine()
    const service = await line.live()
    const begin = await line.speak('First half', 1_000)
    service.line.vanish()
    const rest = await line.speak('and second half.', 1_000)
    await line.quiet(9_000)
    expectWhole(line, { words: 'First half and second half.', frames: [...begin.frames, ...rest.frames] })
    await line.stop()
  })

  it.each([
    ['while it is spoken', 1_000, 600],
    ['when it has ended', 1_000, 2_000],
    ['right behind its last frame', 1_600, 1_610],
  ])('[V60] and is lost with the socket %s reaches the next session whole', async (_, vanishAtMs, resetAtMs) => {
    const line = createModelledLine({ habits: { latencyMs: 150 } })
    const service = await line.live()
    line.clock.after(vanishAtMs, () => service.line.vanish())
    line.clock.after(Math.max(vanishAtMs, resetAtMs), () => service.line.reset())
    await line.quiet(400)
    const said = await line.turn('One whole sentence.', 1_200)
    await line.quiet(4_000)
    expectWhole(line, said)
    await line.stop()
  })

  it.each([
    ['is taken by the kernel', 256_000],
    ['waits in the socket', 16_000],
  ])(
    '[V60] by key, of which the service never hears and that %s, reaches the next session whole',
    async (_, kernelBytes) => {
      const line = createModelledLine({ mode: 'manual', habits: { kernelBytes } })
      const service = await line.live()
      service.line.vanish()
      const said = await line.pressTurn('Only with the key.', 2_000)
      await line.pass(10_000)
      expectWhole(line, said)
      await line.stop()
    },
  )

  it('[V60] and was answered is not sent again, however the line ends', async () => {
    const line = createModelledLine()
    const service = await line.live()
    const said = await line.turn('Answered already.')
    await line.quiet(3_000)
    service.line.reset()
    await line.quiet(3_000)
    expect(receivedOf(line.service, said).map(({ session }) => session)).toEqual([1])
    expect(line.service.session().heard).toEqual([])
    expect(line.service.responses).toHaveLength(1)
    await line.stop()
  })

  it('[V60] of a turn that the service has named is not sent as a second turn beside it on a line that lives', async () => {
    const line = createModelledLine({ habits: { latencyMs: 400 } })
    await line.live()
    const said = await line.turn('On a slow day.', 2_000)
    await line.quiet(3_000)
    expect(line.service.sessions).toHaveLength(1)
    expect(receivedOf(line.service, said).map(({ frames }) => frames)).toEqual([said.frames])
    await line.stop()
  })

  it('[V60] by voice has the active heartbeat: a line that vanishes under a waiting microphone is found within 5 s', async () => {
    const line = createModelledLine()
    const service = await line.live()
    await line.quiet(3_000)
    service.line.vanish()
    const fromMs = line.clock.monotonicMs()
    for (let at = 0; at < 100 && line.session.phase().type === 'live'; at++) await line.quiet(100)
    expect(line.clock.monotonicMs() - fromMs).toBeLessThanOrEqual(5_000)
    await line.stop()
  })
})

const deaths: [string, (session: ModelSession) => void][] = [
  ['is reset', ({ line }) => line.reset()],
  ['is closed with 1011', ({ line }) => line.close(1011, 'Internal error.')],
  ['is closed with 1012', ({ line }) => line.close(1012, 'Restarting.')],
  ['is closed with 1013', ({ line }) => line.close(1013, 'Try again later.')],
  ['is closed with 1006 and no word', ({ line }) => line.reset('')],
]

/** @param at of the items that a session is given, the one under which it dies; null: another one each time */
async function dyingLine(
  kill: (session: ModelSession) => void,
  at: number | null,
  times: number,
): Promise<ModelledLine> {
  let deathsLeft = times
  const line = createModelledLine({ before: spokenTurns(20) })
  line.service.habits.onEvent = (event, session) => {
    if (event.type !== 'conversation.item.create' || deathsLeft === 0) return
    if (session.all('conversation.item.create').length !== (at ?? deathsLeft * 4)) return
    deathsLeft--
    kill(session)
  }
  line.session.start()
  await line.until('the line is live', () => line.session.phase().type === 'live', 120_000)
  await line.pass(1_000)
  return line
}

describe('a line that fails while a session is given its items', () => {
  it.each(deaths)(
    '[H21] which %s four times under the first item says nothing of it: 20 of 20 turns held',
    async (_, kill) => {
      const line = await dyingLine(kill, 1, 4)
      expect(line.service.session().items.map(({ words }) => words)).toEqual(spokenTurns(20).flatMap(wordsOf))
      expect(line.record.conversation().leftOut).toEqual([])
      expect(line.session.holds().items).toHaveLength(20)
      await line.stop()
    },
  )

  it.each(deaths)(
    '[H21] which %s under the last item, or under another one each time, says nothing either',
    async (_, kill) => {
      for (const at of [20, null]) {
        const line = await dyingLine(kill, at, 3)
        expect(line.service.session().items).toHaveLength(20)
        expect(line.record.conversation().leftOut).toEqual([])
        await line.stop()
      }
    },
  )

  it('[H21] by falling silent six times says nothing of an item', async () => {
    const line = await dyingLine(({ line: wire }) => wire.vanish(), 1, 6)
    expect(line.service.session().items).toHaveLength(20)
    await line.stop()
  })

  it('[H21] what one session was not given is tried again on the next line', async () => {
    let closes = 3
    const line = createModelledLine({ before: spokenTurns(20) })
    line.service.habits.onEvent = (event, { line: wire }) => {
      if (event.type !== 'conversation.item.create' || closes === 0) return
      closes--
      wire.close(1008, 'Not this.')
    }
    line.session.start()
    await line.until('the line is live', () => line.session.phase().type === 'live', 60_000)
    closes = 0
    await line.pass(20_000)
    const next = line.nextLive(30_000)
    line.service.session().line.reset()
    await next
    await line.pass(1_000)
    expect(line.service.session().items.filter(({ words }) => words.startsWith('Turn number'))).toHaveLength(20)
    await line.stop()
  })
})

function wordsOf(change: { type: string; text?: string }): string[] {
  return change.type === 'words-heard' || change.type === 'words-spoken' ? [change.text ?? ''] : []
}

/** Live with the thread, or with the newest of it (`atLeast` turns) and told so. */
async function expectThread(line: ModelledLine, withinMs: number, atLeast = 20): Promise<void> {
  line.session.start()
  await line.until('the line is live', () => line.session.phase().type === 'live', withinMs)
  await line.pass(2_000)
  const isOfThread = (words: string): boolean => words.startsWith('Turn number')
  const held = line.service.session().items.flatMap(({ words }) => (isOfThread(words) ? [words] : []))
  const desired = line
    .desired()
    .map((text) => text.replace(/^\w+: /, ''))
    .filter(isOfThread)
  expect(held.length).toBeGreaterThanOrEqual(atLeast)
  expect(held).toEqual(desired.slice(-held.length))
  if (held.length < desired.length) expect(line.notices()).not.toEqual([])
}

describe('a session that is given its items slowly', () => {
  const long = spokenTurns(
    200,
    (n) => `Turn number ${n}, in words that are about as long as people's are on a slow day.`,
  )

  it('[V61] with an acknowledgement every 30 ms for 200 items is live with the thread, on the first attempt', async () => {
    const line = createModelledLine({ before: long, habits: { ackEveryMs: 30 } })
    await expectThread(line, 12_000)
    expect(line.service.sessions).toHaveLength(1)
    await line.stop()
  })

  it.each([2_500, 4_500])(
    '[V61] whose first acknowledgement comes after %i ms is live with the thread',
    async (ackFirstMs) => {
      const line = createModelledLine({ before: spokenTurns(20), habits: { ackFirstMs } })
      await expectThread(line, 10_000)
      expect(line.service.sessions).toHaveLength(1)
      expect(line.service.session().items).toHaveLength(20)
      await line.stop()
    },
  )

  it('[V61] over a line of 20 kB/s that acknowledges each 30 ms, first after 2.5 s, is live with the thread or told so', async () => {
    const habits = { bytesPerSecond: 20_000, ackFirstMs: 2_500, ackEveryMs: 30 }
    const line = createModelledLine({ before: long, habits })
    await expectThread(line, 20_000)
    await line.stop()
  })

  it('[V61] over a line of 20 kB/s is live with the thread, or with less of it and told so', async () => {
    const line = createModelledLine({ before: long, habits: { bytesPerSecond: 20_000 } })
    await expectThread(line, 20_000)
    await line.stop()
  })

  it('[V61] over a line of 4 kB/s is live with the thread, or with less of it and told so', async () => {
    const line = createModelledLine({ before: long, habits: { bytesPerSecond: 4_000 } })
    await expectThread(line, 60_000, 4)
    await line.stop()
  })

  it('[V61] with acknowledgements that cease is not waited for longer than 5 s', async () => {
    const line = createModelledLine({ before: spokenTurns(20) })
    line.service.habits.tamper = (event, { number }) =>
      number === 1 && event.type.startsWith('conversation.item.') ? [] : [{ event }]
    line.session.start()
    await line.until('a second session', () => line.service.sessions.length === 2, 6_500)
    await line.until('the line is live', () => line.session.phase().type === 'live', 10_000)
    expect(line.service.session().items).toHaveLength(20)
    await line.stop()
  })
})
