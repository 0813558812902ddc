// What the engine understands of sentences that are said over the voice in a computed room: where the voice gives way to them, through
// the very player, detector and decision of the sound process; where it stays as loud as it is; and as they were captured.
import { openRecogniser } from '../../src/speech/recognise.ts'
import { loadResampler } from '../../src/engine/speech/resample.ts'
import { loadVoiceDetector } from '../../src/main/audio/voice-detector.ts'
import { atMicrophone, farSpeech, keptShare, nearFromSamples, runCell } from '../../test/support/echo-table.ts'
import type { Room } from '../../test/support/room.ts'
import { joinAudio, say, silence, trimmed } from '../../test/support/say.ts'
import { modelsDir } from '../../test/support/speech.ts'
import { speakOver } from '../../test/support/spoken-over.ts'
import { wordErrors } from '../../test/support/word-errors.ts'
import { spellNumbers } from '../spell-numbers.ts'
import { firstVoice } from '../questions.ts'

export interface UnderstoodWords {
  words: number
  /** Shares of the words, 0–1: as Parley does it. */
  givingWay: number
  /** The voice stays as loud as it is. */
  cleaned: number
  /** … and nothing is cancelled. */
  captured: number
  /** Without the voice. */
  alone: number
  /** Share of the person's frames that come through where the voice gives way, each sentence. */
  kept: number[]
  /** From the person's first sample until the voice was lowered and silent, where it was. */
  loweredMs: number[]
  silencedMs: number[]
  sentences: number
  ended: number
}

const besideSamples = 24 * 300

export async function understoodOverVoice(rooms: readonly Room[]): Promise<UnderstoodWords> {
  const far = await farSpeech()
  const createResampler = await loadResampler()
  const recogniser = await openRecogniser({ modelsDir, model: 'base', threads: 1 })
  const { signal } = new AbortController()
  const detector = await loadVoiceDetector(modelsDir)
  const gaveWay = {
    kept: [] as number[],
    loweredMs: [] as number[],
    silencedMs: [] as number[],
    sentences: 0,
    ended: 0,
  }
  const wrong = { cleaned: 0, givingWay: 0, captured: 0, alone: 0 }
  let words = 0

  async function errorsIn(audio: Int16Array, said: string): Promise<number> {
    const resampler = createResampler({ fromHz: 24_000, toHz: 16_000 })
    const samples = new Int16Array(joinAudio(resampler.push(audio), resampler.flush()))
    resampler.close()
    const read = await recogniser.read({ samples, draft: [], urgency: 'turn', signal })
    const { errors, words: of } = wordErrors(spellNumbers(said), spellNumbers(read?.text ?? ''))
    return Math.min(errors, of)
  }

  for (const [at, { text }] of firstVoice.entries()) {
    const near = trimmed(await say(text, { voice: at % 2 === 0 ? 'festival-kal' : 'festival-slt' }))
    const room = rooms[at % rooms.length]
    if (room === undefined) continue
    const cell = runCell(far, near, room)
    const over = await speakOver(far, atMicrophone(near), nearFromSamples, room, detector)
    gaveWay.sentences += 1
    gaveWay.ended += over.isEnded ? 1 : 0
    gaveWay.kept.push(keptShare(near, over.sent))
    if (over.loweredMs !== null) gaveWay.loweredMs.push(over.loweredMs)
    if (over.silencedMs !== null) gaveWay.silencedMs.push(over.silencedMs)
    const part = (whole: Int16Array): Int16Array =>
      whole.subarray(nearFromSamples - besideSamples, nearFromSamples + near.length + besideSamples)
    words += wordErrors(spellNumbers(text), '').words
    wrong.cleaned += await errorsIn(part(cell.cleaned), text)
    wrong.givingWay += await errorsIn(part(over.sent), text)
    wrong.captured += await errorsIn(part(cell.captured), text)
    wrong.alone += await errorsIn(joinAudio(silence(300), near, silence(300)), text)
  }
  await recogniser.close()
  const share = (errors: number): number => 1 - errors / words
  return {
    ...gaveWay,
    words,
    cleaned: share(wrong.cleaned),
    givingWay: share(wrong.givingWay),
    captured: share(wrong.captured),
    alone: share(wrong.alone),
  }
}
