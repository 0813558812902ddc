import { describe, expect, it } from 'vitest'
import { azure, olderAzure } from '../../support/dialects/azure.ts'
import { says, unknownServer, type Dialect } from '../../support/dialects/dialect.ts'
import { localai } from '../../support/dialects/localai.ts'
import { otherProtocol, silentProtocol } from '../../support/dialects/others.ts'
import { speechToSpeech } from '../../support/dialects/speech-to-speech.ts'
import { vllmOmni } from '../../support/dialects/vllm-omni.ts'
import { xai } from '../../support/dialects/xai.ts'
import { createModelledLine, type ModelledLine, type ModelledLineOpts } from '../../support/modelled-line.ts'

function lineOn(dialect: Pick<Dialect, 'config' | 'habits'>, opts: ModelledLineOpts = {}): ModelledLine {
  return createModelledLine({ ...opts, config: dialect.config, habits: { ...dialect.habits(), ...opts.habits } })
}

const said = (line: ModelledLine, role: 'user' | 'assistant'): string[] =>
  line.turns().flatMap((turn) => (turn.role === role ? [turn.text] : []))

describe('what a server does otherwise', () => {
  it('[V221] a setting that is refused by its name is left out, told once, and not sent to the next session', async () => {
    const line = lineOn(vllmOmni)
    const first = await line.live()
    expect(first.all('session.update')).toHaveLength(3)
    const told = (): string[] => line.notices().map(({ message }) => message)
    expect(told()).toEqual([
      'This server does not take the setting “audio.input.noise_reduction”. It is left out; everything else is as you chose.',
      'This server does not take the setting “reasoning”. It is left out; everything else is as you chose.',
    ])
    first.line.reset()
    const second = await line.nextLive()
    expect(second.all('session.update')).toHaveLength(1)
    expect(told()).toHaveLength(2)
    await line.stop()
  })

  it('[V221] a session without which there is none is given up in words', async () => {
    const refuse = (event: { type: string }) =>
      event.type === 'session.update' ? { code: 'unknown_parameter', message: 'No.', param: 'session.audio' } : null
    const line = lineOn({ config: unknownServer, habits: () => ({ refuse }) })
    line.session.start()
    await line.pass(1_000)
    expect(line.heard('fatal').map(({ message }) => message)).toEqual([
      'The service refused the session’s settings: No.',
    ])
    await line.stop()
  })

  it('[V222] settings that nobody confirms hold once they have arrived; the next session is not kept waiting for it', async () => {
    const tamper = says((event) => (event.type === 'session.updated' ? null : event))
    const line = lineOn({ config: unknownServer, habits: () => ({ tamper }) })
    const first = await line.live()
    expect(line.clock.monotonicMs()).toBeLessThan(5_000)
    first.line.reset()
    const lostMs = line.clock.monotonicMs()
    await line.nextLive()
    expect(line.clock.monotonicMs() - lostMs).toBeLessThan(1_000)
    await line.stop()
  })

  it.each([
    [azure, (session: object) => 'audio' in session],
    [olderAzure, (session: object) => !('audio' in session || 'type' in session) && 'turn_detection' in session],
    [xai, (session: object) => 'turn_detection' in session && 'audio' in session],
  ])(
    '[V223] settings go out in the form that the server shows its own in ($name)',
    async ({ config, habits }, isSo) => {
      const sent: object[] = []
      const line = lineOn({ config, habits: () => ({ ...habits(), onEvent: (event) => void sent.push(event) }) })
      line.session.start()
      await line.pass(500)
      const update = sent.find((event) => 'session' in event) as { session: object }
      expect(isSo(update.session)).toBe(true)
      await line.stop()
    },
  )

  it('[V224] a server that answers a commit by itself is not asked beside that, now and later', async () => {
    const line = lineOn(localai, { mode: 'manual' })
    const session = await line.live()
    for (const words of ['One.', 'Two.']) {
      await line.pressTurn(words)
      await line.pass(6_000)
    }
    expect(session.all('response.create')).toEqual([])
    expect(said(line, 'assistant')).toEqual(['Answer 1.', 'Answer 2.'])
    await line.stop()
  })

  it('[V224] one that answers none by itself is asked once that is known, and from then on at once', async () => {
    const line = lineOn({ config: unknownServer, habits: () => ({}) }, { mode: 'manual' })
    const session = await line.live()
    await line.pressTurn('One.')
    await line.pass(300)
    expect(session.all('response.create')).toHaveLength(0)
    await line.pass(4_000)
    await line.pressTurn('Two.')
    await line.pass(100)
    expect(session.all('response.create')).toHaveLength(2)
    await line.stop()
  })

  it('[V225] a turn that is heard without a name and has three others later is one turn', async () => {
    const line = lineOn(localai)
    await line.live()
    await line.turn('Good morning.')
    await line.pass(4_000)
    expect(said(line, 'user')).toEqual(['Good morning.'])
    // By its own name there: where it stands is said with that.
    expect(line.service.session().items.map(({ words }) => words)).toEqual(['Good morning.', 'Answer 1.'])
    await line.stop()
  })

  it('[V226] a turn of which only the words are told is a turn, and is not given to the session once more', async () => {
    const line = lineOn(speechToSpeech)
    await line.live()
    await line.turn('Good morning.')
    await line.pass(4_000)
    expect(said(line, 'user')).toEqual(['Good morning.'])
    expect(line.notices()).toEqual([])
    await line.stop()
  })

  it('[V226] a commit of which nothing comes, not even an error, is told of within 8 s and can be asked again', async () => {
    const line = lineOn(speechToSpeech, { mode: 'manual' })
    await line.live()
    await line.pressTurn('By the key.')
    await line.pass(8_500)
    expect(line.notices().map(({ message }) => message)).toEqual([
      'The service did not take what you said. Ask again, or type it.',
    ])
    expect(line.isOffered('By the key.')).toBe(true)
    await line.stop()
  })

  it('[V227] a response that fails with an error and without an end is over within 5 s, in words', async () => {
    const end = { type: 'failed', code: 'x', message: 'backend error' } as const
    const line = lineOn(localai, { habits: { answer: () => ({ audioMs: 0, end }) } })
    await line.live()
    await line.session.say('In writing.')
    await line.pass(5_000)
    expect(line.notices().map(({ message }) => message)).toEqual([
      'The service could not answer this turn. Say it again, or type it.',
    ])
    expect(line.isOffered('In writing.')).toBe(true)
    await line.stop()
  })

  it('[P336] an account without credit is told as that also where a response alone tells it, and the turn waits', async () => {
    const end = { type: 'failed', code: 'insufficient_quota', message: 'You exceeded your current quota.' } as const
    const line = lineOn({ config: unknownServer, habits: () => ({ answer: () => ({ audioMs: 0, end }) }) })
    await line.live()
    await line.session.say('In writing.')
    await line.pass(5_000)
    expect(line.heard('fatal')).toEqual([
      expect.objectContaining({ remedy: 'quota', message: expect.stringContaining('no credit left') as string }),
    ])
    expect(line.service.sessions).toHaveLength(1)
    await line.stop()
  })

  it('[V227] an answer in writing where sound was asked for is shown, and told to be that', async () => {
    const line = lineOn(localai, { habits: { answer: () => ({ modality: 'text' }) } })
    await line.live()
    await line.session.say('In writing.')
    await line.pass(5_000)
    expect(said(line, 'assistant')).toEqual(['Answer 1.'])
    expect(line.notices().map(({ message }) => message)).toEqual([
      'The answer came in writing only. Read it here, or ask again to hear it.',
    ])
    await line.stop()
  })

  it.each([silentProtocol, otherProtocol])('[V228] another protocol is named within 5 s ($name)', async (dialect) => {
    const line = lineOn(dialect)
    line.session.start()
    await line.pass(5_000)
    const causes = line.heard('phase').flatMap((phase) => (phase.type === 'waiting' ? [phase.cause] : []))
    const told = [...causes, ...line.heard('fatal').map(({ message }) => message)]
    expect(told.join()).toMatch(/another protocol than OpenAI|said nothing\. It may not speak the Realtime protocol/)
    await line.stop()
  })

  it('[V228] a server that greets nobody, and takes the settings, is used', async () => {
    const tamper = says((event) => (event.type === 'session.created' ? null : event))
    const line = lineOn({ config: unknownServer, habits: () => ({ tamper }) })
    await line.live()
    await line.session.say('In writing.')
    await line.pass(4_000)
    expect(said(line, 'assistant')).toEqual(['Answer 1.'])
    await line.stop()
  })

  it('[V229] a server that takes nothing of the voice is given the person’s words, once at the price of a wait', async () => {
    const line = lineOn(speechToSpeech)
    await line.live()
    await line.session.say('Remember the blue one.')
    await line.pass(4_000)
    for (const withinMs of [9_000, 2_000]) {
      await line.pass(12_000)
      line.service.session().line.reset()
      const session = await line.nextLive(withinMs)
      expect(session.items.map(({ words }) => words)).toEqual(['Remember the blue one.'])
    }
    await line.stop()
  })
})
