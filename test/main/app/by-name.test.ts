// The whole app called by its name: real detector, real recogniser in its own process, real sockets and files. What is said before
// the phrase is looked for in everything that Parley sent, kept, told and printed.
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { samplesToBytes } from '../../../src/core/audio/pcm.ts'
import { bytesOf } from '../../support/folder-bytes.ts'
import { createJudgedMicrophone } from '../../support/judged-microphone.ts'
import { whiteNoise } from '../../support/noise.ts'
import { openApp } from '../../support/opened-app.ts'
import { joinAudio, say, silence, trimmed } from '../../support/say.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const canaryWords = 'marmalade'

/** Whether a tenth of it stands anywhere in the other. */
function shares(one: Buffer, other: Buffer): boolean {
  const piece = 2 * 2_400
  for (let at = 0; at + piece <= one.length; at += piece)
    if (other.includes(one.subarray(at, at + 256)) || other.includes(one.subarray(at, at + 255).toString('base64')))
      return true
  return false
}

describe('called by its name', () => {
  it('[A305] nothing of what was said before the phrase is in any socket, file, notice or log; what is said in its breath is sent whole', async () => {
    const printed: string[] = []
    for (const stream of [process.stdout, process.stderr]) {
      const spy = vi.spyOn(stream, 'write').mockImplementation((text) => {
        printed.push(String(text))
        return true
      })
      onTestFinished(() => spy.mockRestore())
    }
    const folder = temporaryFolder()
    const judged = createJudgedMicrophone()
    const settings = { turnMode: 'semantic', byName: true, phrase: 'Hey Parley', sends: 'everything' } as const
    const { app, server, told, state, live } = await openApp({ folder, judged, settings })
    await state(({ line, named }) => line.type === 'resting' && named?.open === false)
    expect(server.attempts()).toBe(0)

    const canary = trimmed(await say(`The secret word is ${canaryWords}.`))
    const call = trimmed(await say('Hey Parley, what time is it?', { voice: 'festival-slt' }))
    /** As fast as it is read: the room waits for nobody, so each second has the time to be read in. */
    async function hear(audio: Int16Array): Promise<void> {
      for (let at = 0; at < audio.length; at += 4_800) {
        await judged.hear(audio.subarray(at, at + 4_800))
        await new Promise((resolve) => setTimeout(resolve, 60))
      }
    }
    await hear(joinAudio(whiteNoise(400, -60), canary, whiteNoise(900, -60)))
    expect(server.attempts()).toBe(0)
    expect(app.state()).toMatchObject({ mode: 'by-name', named: { open: false } })

    await hear(joinAudio(call, silence(400)))
    const service = await live()
    await state(({ named }) => named?.open === true)
    await service.settled()
    const sent = Buffer.from(samplesToBytes(service.samples()))
    expect(shares(Buffer.from(samplesToBytes(call)), sent)).toBe(true)
    // Its first tenth too.
    expect(sent.includes(Buffer.from(samplesToBytes(call.subarray(4_800, 4_900))))).toBe(true)

    service.hearTurn('u1', null, 'Hey Parley, what time is it?')
    await service.settled()
    await app.stop()
    const sounds = Buffer.from(samplesToBytes(canary))
    expect(shares(sounds, sent)).toBe(false)
    const everything: [string, Buffer][] = [
      ...bytesOf(folder),
      ['what windows were told', Buffer.from(JSON.stringify(told))],
      ['what was printed', Buffer.from(printed.join(''))],
      ['what the service was sent', Buffer.from(JSON.stringify(service.received))],
    ]
    for (const [where, bytes] of everything) {
      expect(bytes.toString('latin1').toLowerCase(), where).not.toContain(canaryWords)
      expect(shares(sounds, bytes), where).toBe(false)
    }
  })
})
