// Listens to how the microphone itself does, before any cleaning: whether it gives anything at all, whether it is too loud for
// its own range, and whether the person is too far away. Each is told once; what to say about it is its caller's.
import { createMuteDetector } from './muted.ts'
import { frameMs } from './pcm.ts'

export type CaptureFault = 'zeros' | 'clips' | 'quiet'

export interface CaptureWatch {
  /** 20 ms. @param rawPeak as the device gave them, 0–32,768 @param cleanDbfs of the same, cleaned @param isVoiceOn the voice speaks */
  hear(rawPeak: number, cleanDbfs: number, isVoiceOn: boolean): CaptureFault | null
}

const rules = {
  /** A frame at the end of the range; a few of them in five seconds are heard as distortion. */
  clippedPeak: 32_600,
  clippedFrames: 8,
  clippedWithinMs: 5_000,
  /** Speech stands out from the room by so much. */
  speechAboveDb: 10,
  /** Two seconds of it are judged, by their louder part: at arm's length it is 20 dB louder than this. */
  speechMs: 2_000,
  quietDbfs: -48,
  loudPart: 0.8,
  /** The room's own level follows at once when it is quieter and by so much a frame when it is louder. */
  floorRiseDb: 0.02,
}

export function createCaptureWatch(): CaptureWatch {
  const zeros = createMuteDetector()
  const told = new Set<CaptureFault>()
  let clipped: number[] = []
  let floorDbfs = 0
  let speech: number[] = []
  let atMs = 0

  function once(fault: CaptureFault): CaptureFault | null {
    if (told.has(fault)) return null
    told.add(fault)
    return fault
  }

  function isClipping(rawPeak: number): boolean {
    if (rawPeak >= rules.clippedPeak) clipped.push(atMs)
    clipped = clipped.filter((ms) => atMs - ms < rules.clippedWithinMs)
    return clipped.length >= rules.clippedFrames
  }

  function isQuiet(cleanDbfs: number): boolean {
    floorDbfs = Math.min(cleanDbfs, floorDbfs + rules.floorRiseDb)
    if (cleanDbfs > floorDbfs + rules.speechAboveDb) speech.push(cleanDbfs)
    if (speech.length * frameMs < rules.speechMs) return false
    const loud = speech.sort((one, other) => one - other)[Math.floor(speech.length * rules.loudPart)] ?? 0
    speech = []
    return loud < rules.quietDbfs
  }

  return {
    hear(rawPeak, cleanDbfs, isVoiceOn) {
      atMs += frameMs
      if (zeros.hear(rawPeak)) return 'zeros'
      // What the voice does in the microphone says nothing of the person.
      if (rawPeak === 0 || isVoiceOn) return null
      if (isClipping(rawPeak)) return once('clips')
      return isQuiet(cleanDbfs) ? once('quiet') : null
    },
  }
}
