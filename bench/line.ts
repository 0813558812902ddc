// The whole line for a measure: file microphone, session, engine process, file speaker and a real record in a folder of
// its own, with the moments of the person's last sound and of the voice's first one.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TurnMode } from '../src/core/realtime/commands.ts'
import { levelDbfs } from '../src/core/audio/pcm.ts'
import { writeWav } from '../src/core/audio/wav.ts'
import { createFileMicrophone } from '../src/main/audio/file-microphone.ts'
import { createFileSpeaker } from '../src/main/audio/file-speaker.ts'
import { systemClock } from '../src/main/clock.ts'
import { createWayOut } from '../src/main/net/way-out.ts'
import { composeCompanion } from '../src/main/compose.ts'
import { openConversations } from '../src/main/store/conversations.ts'
import { watchAnswer } from '../src/main/talk/answered.ts'
import { whenLive } from '../src/main/talk/talk.ts'
import type { Speaker } from '../src/main/ports.ts'
import { embeddedEndpoint, embeddedVoice } from '../test/support/embedded-voice.ts'

export interface Asked {
  /** Words of each turn that the person's sound became. */
  heard: string[]
  /** Words of the last answer. */
  answer: string
  /** From the end of the last speech to the first sound of the answer that left the speaker. */
  delayMs: number | null
}

export interface BenchLine {
  ask(samples: Int16Array): Promise<Asked>
  close(): Promise<void>
}

/** Quieter frames are the silence around speech. */
const speechDbfs = -50
/** About -40 dBFS. */
const loudSample = 330

export async function openLine(mode: TurnMode): Promise<BenchLine> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const store = await openConversations({ folder, clock: systemClock, random: Math.random })
  const record = await store.open('bench')
  await record.append([{ type: 'conversation-started', conversation: 'bench', title: 'bench' }])
  const microphone = createFileMicrophone({ clock: systemClock, file: null })
  const moments = { spokenMs: 0, answeredMs: null as number | null }
  microphone.onFrame((frame) => {
    if (levelDbfs(frame) > speechDbfs) moments.spokenMs = systemClock.monotonicMs()
  })
  const speaker = noteFirstSound(createFileSpeaker({ clock: systemClock, file: join(folder, 'out.wav') }), () => {
    moments.answeredMs ??= systemClock.monotonicMs()
  })
  const companion = composeCompanion({
    folder,
    record,
    microphone,
    speaker,
    address: () => Promise.resolve(null),
    wayOut: createWayOut({ choice: () => 'none', env: {} }),
    endpoint: embeddedEndpoint,
    config: embeddedVoice(mode),
  })
  const live = whenLive({ companion, where: 'the built-in voice' })
  await companion.wake()
  await live
  // Models load beside the first session; a measure begins when they have been used once.
  await askOnce(companion.say('hello').then(() => undefined))

  async function askOnce(spoken: Promise<void> | null, file?: string): Promise<void> {
    const watch = watchAnswer(companion, systemClock, spoken === null)
    await (spoken ?? microphone.say(file ?? ''))
    watch.ended()
    await watch.done
  }

  let count = 0
  return {
    async ask(samples) {
      const before = companion.conversation().turns.length
      const file = join(folder, `${++count}.wav`)
      await writeFile(
        file,
        writeWav({ rateHz: 24_000, channels: [Float32Array.from(samples, (sample) => sample / 32_768)] }),
      )
      Object.assign(moments, { spokenMs: 0, answeredMs: null })
      await askOnce(null, file)
      const turns = companion.conversation().turns.slice(before)
      return {
        heard: turns.filter(({ role }) => role === 'user').map(({ text }) => text),
        answer: turns.findLast(({ role }) => role === 'assistant')?.text ?? '',
        delayMs: moments.answeredMs === null ? null : moments.answeredMs - moments.spokenMs,
      }
    },
    async close() {
      await companion.stop()
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** Calls `heard` when the first sound of an item, not the silence before it, has been committed. Late by at most 40 ms. */
function noteFirstSound(speaker: Speaker, heard: () => void): Speaker {
  const silentMs = new Map<string, { passedMs: number; sounded: boolean }>()
  speaker.onPosition(({ item, playedMs }) => {
    const lead = silentMs.get(item)
    if (lead?.sounded && playedMs > lead.passedMs) heard()
  })
  return {
    ...speaker,
    play(item, samples) {
      const lead = silentMs.get(item) ?? { passedMs: 0, sounded: false }
      silentMs.set(item, lead)
      if (!lead.sounded) {
        const at = samples.findIndex((sample) => Math.abs(sample) > loudSample)
        lead.sounded = at !== -1
        lead.passedMs += (at === -1 ? samples.length : at) / 24
      }
      speaker.play(item, samples)
    },
  }
}
