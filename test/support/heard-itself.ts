// The voice alone in a computed room, through the very cleaner, detector and decision of the sound process, faster than real
// time: how often it takes its own echo for somebody who speaks. The wiring is host.ts's; the clock is moved by the samples.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { frameMs, frameSamples } from '../../src/core/audio/pcm.ts'
import type { CleaningChoice } from '../../src/core/audio/echo-view.ts'
import { loadCanceller } from '../../src/main/audio/canceller.ts'
import { createCleaner } from '../../src/main/audio/cleaner.ts'
import { createInterruptions } from '../../src/main/audio/interruptions.ts'
import type { VoiceDetector } from '../../src/main/audio/voice-detector.ts'
import { echoOf, type Room } from './room.ts'
import { joinAudio, say, silence } from './say.ts'

export interface HeardItself {
  minutes: number
  /** The voice was lowered, silenced, ended by its own echo. */
  lowered: number
  silenced: number
  ended: number
  /** Share of the frames in which the microphone was closed instead (half-duplex). */
  closed: number
}

const manuals = ['manual', 'manual-sound', 'manual-tools', 'manual-services', 'manual-devices']

/** So many minutes of speech in parts of some sentences: the manual, read aloud. It ends after about half an hour. */
export async function* readAloud(minutes: number): AsyncGenerator<Int16Array> {
  const files = manuals.map((name) => fileURLToPath(new URL(`../../docs/${name}.md`, import.meta.url)))
  const prose = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).flatMap((text) =>
    text.split(/\n\s*\n/),
  )
  let rest = Math.floor((minutes * 60_000) / frameMs) * frameSamples
  for (const text of prose.map(plain).filter((one) => one.split(' ').length > 12)) {
    const spoken = joinAudio(await say(text, { voice: 'festival-slt' }), silence(400))
    const part = spoken.subarray(0, Math.min(rest, spoken.length - (spoken.length % frameSamples)))
    yield part
    rest -= part.length
    if (rest === 0) return
  }
}

const plain = (markdown: string): string =>
  markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[^\p{L}\p{N}.,;:?!’' -]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

export async function hearItself(
  parts: AsyncIterable<Int16Array>,
  detector: VoiceDetector,
  room: Room,
  choice: CleaningChoice,
): Promise<HeardItself> {
  let nowMs = 0
  let closedFrames = 0
  const counts = { lowered: 0, silenced: 0, ended: 0 }
  const interruptions = createInterruptions({
    // It speaks without a pause: what was ended goes on as the next answer.
    playout: { hold: () => (counts.silenced += 1), release: () => undefined, isSounding: () => true },
    loudness: { setDucked: (ducked) => void (counts.lowered += ducked ? 1 : 0) },
    nowMs: () => nowMs,
    loadDetector: () => Promise.resolve(detector),
    onDecided: (decision) => void (counts.ended += decision === 'ended' ? 1 : 0),
    onAble: () => undefined,
  })
  const cleaner = createCleaner({
    load: loadCanceller,
    onView: ({ mode }) => interruptions.setHalfDuplex(mode.type === 'half-duplex'),
  })
  cleaner.speaker('computed')
  cleaner.choose(choice)
  interruptions.listen(true)
  await new Promise((resolve) => setImmediate(resolve))
  for await (const played of parts) {
    const captured = echoOf(played, room)
    for (let at = 0; at < played.length; at += frameSamples) {
      nowMs += frameMs
      interruptions.moved()
      cleaner.played(played.subarray(at, at + frameSamples))
      await interruptions.hear(cleaner.heard(captured.subarray(at, at + frameSamples)).samples)
      closedFrames += cleaner.isHalfDuplex() ? 1 : 0
    }
  }
  cleaner.close()
  // The end silences, too.
  return {
    minutes: nowMs / 60_000,
    ...counts,
    silenced: counts.silenced - counts.ended,
    closed: (closedFrames * frameMs) / nowMs,
  }
}
