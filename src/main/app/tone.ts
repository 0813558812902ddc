// The sounds of Parley's own: the speaker test's two notes that nobody takes for an error, and softer ones that say that it was
// called, and that it listens no more.
import { floatToSample, msToSamples, sampleRateHz } from '../../core/audio/pcm.ts'

const notesHz = [523.25, 783.99]
const noteMs = 320
/** -14 dBFS: clearly heard, nobody startled. */
const loudest = 0.2
const softNoteMs = 110
const softest = 0.07

/** 24 kHz mono PCM16. */
export const testTone = (): Int16Array => tone(notesHz, noteMs, loudest)

/** Rising: it was called; falling: it listens no more. 24 kHz mono PCM16. */
export const namedTone = (what: 'opened' | 'closed'): Int16Array =>
  tone(what === 'opened' ? notesHz : notesHz.toReversed(), softNoteMs, softest)

function tone(hzOf: readonly number[], ms: number, amplitude: number): Int16Array {
  const perNote = msToSamples(ms)
  return Int16Array.from({ length: perNote * hzOf.length }, (_, at) => {
    const within = at % perNote
    const hz = hzOf[Math.floor(at / perNote)] ?? 0
    const swell = Math.sin((Math.PI * within) / perNote) ** 2
    return floatToSample(amplitude * swell * Math.sin((2 * Math.PI * hz * within) / sampleRateHz))
  })
}
