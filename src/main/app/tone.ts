// The sound of the speaker test: two soft notes that nobody takes for an error.
import { floatToSample, msToSamples, sampleRateHz } from '../../core/audio/pcm.ts'

const notesHz = [523.25, 783.99]
const noteMs = 320
/** -14 dBFS: clearly heard, nobody startled. */
const loudest = 0.2

/** 24 kHz mono PCM16. */
export function testTone(): Int16Array {
  const perNote = msToSamples(noteMs)
  return Int16Array.from({ length: perNote * notesHz.length }, (_, at) => {
    const within = at % perNote
    const hz = notesHz[Math.floor(at / perNote)] ?? 0
    const swell = Math.sin((Math.PI * within) / perNote) ** 2
    return floatToSample(loudest * swell * Math.sin((2 * Math.PI * hz * within) / sampleRateHz))
  })
}
