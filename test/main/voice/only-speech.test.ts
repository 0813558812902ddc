// A whole line behind the gate: what crosses the socket while a room only sounds, and when somebody speaks in it.
import { expect, it } from 'vitest'
import { bytesToSamples } from '../../../src/core/audio/pcm.ts'
import { decodeBase64 } from '../../../src/main/base64.ts'
import { createSentSpeech } from '../../../src/main/audio/sent-speech.ts'
import { createJudgedMicrophone } from '../../support/judged-microphone.ts'
import { keyClicks, mixed, whiteNoise } from '../../support/noise.ts'
import { fan, music } from '../../support/room-sounds.ts'
import { joinAudio, say, silence, trimmed } from '../../support/say.ts'
import { createVoiceLine } from '../../support/voice-line.ts'

const tenths = 2_400

it('[A268] no sound crosses the socket while a room only sounds; what is said does whole, is answered, and the room is silent again', async () => {
  const line = await createVoiceLine({ chance: () => 0 })
  const service = await line.live()
  const microphone = createJudgedMicrophone()
  const way = createSentSpeech({ microphone, send: (frame) => line.session.hear(frame) })
  line.session.on('hearing', way.serviceHears)
  way.choose({ onlySpeech: true, handsFree: true })
  const appended = (): Int16Array =>
    joinAudio(...service.all('input_audio_buffer.append').map(({ audio }) => bytesToSamples(decodeBase64(audio))))

  async function hear(samples: Int16Array, connection = service): Promise<void> {
    for (let at = 0; at < samples.length; at += tenths) {
      await microphone.hear(samples.subarray(at, at + tenths))
      line.clock.pass(100)
    }
    await connection.settled()
  }

  for (const noise of [
    silence(3_000),
    mixed(keyClicks(4_000, -12), whiteNoise(4_000, -62)),
    fan(4_000, -38),
    mixed(music(4_000, -30, 'lead'), whiteNoise(4_000, -62)),
  ])
    await hear(noise)
  expect(appended()).toHaveLength(0)
  expect(way.sending()).toBe('nothing')

  const speech = trimmed(await say('What time is it in Lisbon?'))
  await hear(mixed(joinAudio(speech, silence(600)), whiteNoise(Math.ceil(speech.length / 24) + 600, -55)))
  expect(way.sending()).toBe('speech')
  service.hearTurn('u1', null, 'What time is it in Lisbon?')
  await service.settled()
  way.taken()
  await hear(whiteNoise(1_000, -55))
  expect(way.sending()).toBe('nothing')
  const sentMs = appended().length / 24
  expect(sentMs).toBeGreaterThan(speech.length / 24 + 500)
  expect(sentMs).toBeLessThan(speech.length / 24 + 500 + 300 + 1_100)

  await hear(whiteNoise(5_000, -55))
  expect(appended().length / 24).toBe(sentMs)
  expect(line.record.conversation().turns.map(({ id, text }) => [id, text])).toEqual([
    ['u1', 'What time is it in Lisbon?'],
  ])

  // The next line is sent nothing of the silence either.
  const lost = line.told('phase', ({ type }) => type === 'waiting' || type === 'opening')
  service.terminate()
  await lost
  line.clock.pass(0)
  const next = await line.server.connection()
  await line.told('phase', ({ type }) => type === 'live')
  await hear(whiteNoise(1_000, -55), next)
  expect(next.all('input_audio_buffer.append')).toEqual([])
})
