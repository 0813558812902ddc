import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decodeBase64 } from '../../src/main/base64.ts'
import { duckedGain } from '../../src/core/audio/loudness.ts'
import { bytesToSamples } from '../../src/core/audio/pcm.ts'
import { createSound } from '../../src/main/audio/sound.ts'
import { systemClock } from '../../src/main/clock.ts'
import type { Companion } from '../../src/main/companion.ts'
import { createWayOut } from '../../src/main/net/way-out.ts'
import { composeCompanion } from '../../src/main/compose.ts'
import { openConversations, type ConversationStore } from '../../src/main/store/conversations.ts'
import { whenLive } from '../../src/main/talk/talk.ts'
import { embeddedEndpoint, embeddedVoice } from '../support/embedded-voice.ts'
import { joinAudio, say } from '../support/say.ts'
import { bestMatch, heardMs } from '../support/sound-analysis.ts'
import { createTappedSocket, type TappedSocket } from '../support/tapped-socket.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { recordSpeaker, speakIntoMicrophone } from '../support/virtual-devices.ts'
import { within } from '../support/within.ts'

const msPerSample = 1 / 24

function next<T>(
  what: string,
  on: (listen: (event: T) => void) => () => void,
  wanted: (event: T) => boolean,
): Promise<T> {
  const event = new Promise<T>((resolve) => {
    const undo = on((event) => {
      if (!wanted(event)) return
      undo()
      resolve(event)
    })
  })
  return within(what, event)
}

/** Everything that the service sent of an item's sound. */
function soundOf(item: string, tap: TappedSocket): Int16Array {
  const deltas = tap.received.filter(({ type, item_id }) => type === 'response.output_audio.delta' && item_id === item)
  return joinAudio(...deltas.map(({ delta }) => bytesToSamples(decodeBase64(delta as string))))
}

describe('a conversation through PortAudio, at a virtual microphone and speaker', () => {
  let companion: Companion
  let store: ConversationStore
  let tap: TappedSocket
  beforeEach(async () => {
    const folder = temporaryFolder()
    store = await openConversations({ folder, clock: systemClock, random: Math.random })
    tap = createTappedSocket()
    companion = composeCompanion({
      ...createSound({ clock: systemClock, devices: { microphone: null, speaker: null } }),
      folder,
      record: await store.open('spoken'),
      config: embeddedVoice('semantic'),
      address: () => Promise.resolve(null),
      wayOut: createWayOut({ choice: () => 'none', env: {} }),
      endpoint: embeddedEndpoint,
      openSocket: tap.open,
    })
    const live = whenLive({ companion, where: 'the built-in voice' })
    await companion.wake()
    await live
  })
  afterEach(async () => {
    await companion.stop()
    await store.close()
  })

  it('[V30] speech is answered aloud; speaking over the answer silences it, and the milliseconds sent are those heard', async () => {
    const recording = await recordSpeaker()
    const speaking = next<boolean>(
      'the voice to speak',
      (listen) => companion.on('speaking', listen),
      (is) => is,
    )
    await speakIntoMicrophone(await say('What can you do?', { voice: 'festival-slt' }))
    await speaking
    const began = recording.recordedMs()
    await recording.reaches(began + 1_500)
    const silenced = next<boolean>(
      'the voice to be silent',
      (listen) => companion.on('speaking', listen),
      (is) => !is,
    )
    // In one breath: in a pause the voice would come back at its word (A241), and be heard twice there.
    const over = speakIntoMicrophone(await say('Please stop talking now and listen to me.'))
    await silenced
    await over
    await recording.reaches(recording.recordedMs() + 300)
    await recording.stop()

    const truncate = tap.sent.find(({ type }) => type === 'conversation.item.truncate')
    const item = truncate?.['item_id'] as string
    const sentMs = truncate?.['audio_end_ms'] as number
    const sound = soundOf(item, tap)
    // Words have silences in them: what is compared is the last sound within the milliseconds that were sent. It is looked for
    // from shortly before, since on a busy machine an answer runs dry, and what comes after that is heard later.
    const meant = heardMs(sound.subarray(0, sentMs * 24)).at(-1)!
    const places = [300, 450, 600, 800].map((beforeMs) => {
      const fromMs = Math.max(0, meant - beforeMs)
      return { fromMs, ...bestMatch(sound.subarray(fromMs * 24, (fromMs + 250) * 24), recording.samples()) }
    })
    const near = places.find(({ correlation }) => correlation > 0.9)
    if (near === undefined) throw new Error(`the answer's end was not heard: ${JSON.stringify(places)}`)
    const heardSound = recording.samples().subarray(near.atSamples)
    // As a rule it was lowered before it was cut.
    const lasts = [1, duckedGain].map((gain) => {
      const loud = heardSound.map((sample) => Math.max(-32_768, Math.min(32_767, sample / gain)))
      return heardMs(loud).findLast((ms) => ms < sentMs - near.fromMs + 400) ?? -Infinity
    })
    expect(Math.min(...lasts.map((last) => Math.abs(last - (meant - near.fromMs))))).toBeLessThanOrEqual(30)
    expect(sentMs).toBeLessThan(sound.length * msPerSample)
    const turn = companion.conversation().turns.find(({ id }) => id === item)!
    expect(turn.state).toMatchObject({ type: 'cut', playedMs: sentMs })
    const heard = turn.state.type === 'cut' ? turn.state.heard : ''
    expect(heard).not.toBe('')
    expect(heard.length).toBeLessThan(turn.text.length)
    expect(turn.text.startsWith(heard)).toBe(true)
  })
})
