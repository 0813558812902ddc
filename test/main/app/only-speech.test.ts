import { expect, it } from 'vitest'
import { createCompanion } from '../../../src/main/companion.ts'
import { sendsOnlySpeech } from '../../../src/main/app/voice-config.ts'
import type { Settings } from '../../../src/core/settings.ts'
import { createJudgedMicrophone } from '../../support/judged-microphone.ts'
import { silence } from '../../support/say.ts'
import { createVoiceLine } from '../../support/voice-line.ts'

const openai: Settings['endpoint'] = { kind: 'openai', model: 'm' }
const at = (baseUrl: string): Settings['endpoint'] => ({ kind: 'compatible', baseUrl, model: 'm' })

it('[A269] only speech goes to the built-in voice and to a service that is not on this computer, unless it is set otherwise', () => {
  const isOn = (endpoint: Settings['endpoint'], sends: Settings['sends'] = 'automatic'): boolean =>
    sendsOnlySpeech({ endpoint, sends })
  expect(isOn(openai)).toBe(true)
  expect(isOn(at('wss://voice.example/v1'))).toBe(true)
  expect(isOn(at('ws://127.0.0.1:8000/v1'))).toBe(false)
  expect(isOn(at('ws://localhost:8000/v1'))).toBe(false)
  expect(isOn({ kind: 'embedded', model: 'm' })).toBe(true)
  expect(isOn({ kind: 'embedded', model: 'm' }, 'everything')).toBe(false)
  expect(isOn(openai, 'everything')).toBe(false)
})

it('[A269] a change of the setting, of who ends a turn and of mute holds at once', async () => {
  const line = await createVoiceLine()
  const service = await line.live()
  const judged = createJudgedMicrophone()
  const nothing = (): Promise<void> => Promise.resolve()
  const companion = createCompanion({
    session: line.session,
    record: line.record,
    microphone: {
      ...judged,
      onEnd: () => () => undefined,
      onTrouble: () => () => undefined,
      open: nothing,
      close: nothing,
    },
    speaker: line.speaker,
    onlySpeech: true,
    handsFree: true,
    work: null,
  })
  const told: string[] = []
  companion.onSending((sending) => told.push(sending))
  await companion.wake()
  async function sentOf(ms: number): Promise<number> {
    const before = service.all('input_audio_buffer.append').length
    await judged.hear(silence(ms))
    await service.settled()
    return service.all('input_audio_buffer.append').length - before
  }
  expect(await sentOf(1_000)).toBe(0)
  companion.setOnlySpeech(false)
  expect(await sentOf(200)).toBe(10)
  companion.setOnlySpeech(true)
  expect(await sentOf(1_000)).toBe(0)
  companion.setTurnMode('manual', 'auto')
  expect(companion.sending()).toBe('all')
  companion.setTurnMode('server', 'auto')
  companion.mute(true)
  expect(await sentOf(1_000)).toBe(0)
  companion.mute(false)
  expect(await sentOf(1_000)).toBe(0)
  expect(companion.sendingCounts()).toEqual({ sentMs: 200, keptMs: 3_000 })
  expect(told).toEqual(['nothing', 'all', 'nothing', 'all', 'nothing'])
})
