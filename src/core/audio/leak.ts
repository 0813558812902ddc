// The leak meter: what of the voice is left in the microphone, before and after cancellation, while the voice speaks. It
// measures; what follows from it is decided in echo-mode.ts.
import { correlation } from './correlation.ts'
import { silenceDbfs } from './pcm.ts'

export interface LeakMeter {
  hear(levels: Levels): void
  /** Of the last seconds in which the voice spoke; null before it has spoken for long enough. */
  measured(): Leak | null
  /** What was measured belongs to another way of cleaning, or to another device. */
  forget(): void
}

/** Of 20 ms in dBFS: what was played at the time that is heard now, what was captured, and that cleaned. */
export interface Levels {
  playedDbfs: number
  rawDbfs: number
  cleanDbfs: number
  /** That time is measured, not supposed. */
  isAligned: boolean
}

export interface Leak {
  /** Echo return loss enhancement: how much quieter the cleaned sound is. In decibels. */
  erleDb: number
  /** How far the captured sound and the cleaned one rise above the room's noise while the voice speaks. */
  rawExcessDb: number
  cleanExcessDb: number
  /** Of the cleaned sound against what is played: what to expect of the voice in it. */
  couplingDb: number
  /** How much the cleaned sound rises and falls with what is played, −1 to 1: the voice's rest does, a person does not. Null: not known. */
  likeness: number | null
  /** Of these many fifths of a second in which the voice spoke. */
  windows: number
}

const windowFrames = 10
const keptWindows = 20
const voicedDbfs = -45
const noiseWindows = 50
/** The quiet between two words belongs to the room: its echo has not faded yet. */
const restFrames = 15

interface Window {
  frames: Levels[]
  rawDbfs: number
  cleanDbfs: number
  couplingDb: number
}

export function createLeakMeter(): LeakMeter {
  let windows: Window[] = []
  let open: Levels[] = []
  let noise: { rawDbfs: number; cleanDbfs: number }[] = []
  let sinceVoice = restFrames

  function close(): void {
    const power = (of: 'playedDbfs' | 'rawDbfs' | 'cleanDbfs'): number => meanDb(open.map((frame) => frame[of]))
    const [rawDbfs, cleanDbfs] = [power('rawDbfs'), power('cleanDbfs')]
    const couplingDb = cleanDbfs - power('playedDbfs')
    windows = [...windows, { frames: open, rawDbfs, cleanDbfs, couplingDb }].slice(-keptWindows)
    open = []
  }

  return {
    hear(levels) {
      sinceVoice = levels.playedDbfs > voicedDbfs ? 0 : sinceVoice + 1
      if (sinceVoice === 0) {
        open.push(levels)
        if (open.length === windowFrames) close()
      } else if (sinceVoice > restFrames) {
        noise = [...noise, { rawDbfs: levels.rawDbfs, cleanDbfs: levels.cleanDbfs }].slice(-noiseWindows)
      }
    },
    measured() {
      if (windows.length < 8) return null
      const share = (of: (window: Window) => number, part: number): number => quantile(windows.map(of), part)
      // The quietest fifth: while the voice rests the person speaks.
      const floor = (of: 'rawDbfs' | 'cleanDbfs'): number =>
        noise.length === 0
          ? -65
          : quantile(
              noise.map((frame) => frame[of]),
              0.2,
            )
      return {
        // Where the person speaks at the same time there is less to measure: the better windows tell.
        erleDb: share(({ rawDbfs, cleanDbfs }) => rawDbfs - cleanDbfs, 0.75),
        rawExcessDb: share((window) => window.rawDbfs, 0.25) - floor('rawDbfs'),
        cleanExcessDb: share((window) => window.cleanDbfs, 0.25) - floor('cleanDbfs'),
        couplingDb: share((window) => window.couplingDb, 0.75),
        likeness: likenessOf(windows.flatMap(({ frames }) => frames)),
        windows: windows.length,
      }
    },
    forget() {
      windows = []
      open = []
    },
  }
}

function likenessOf(frames: readonly Levels[]): number | null {
  const aligned = frames.filter(({ isAligned }) => isAligned)
  if (aligned.length * 2 < frames.length) return null
  return correlation(
    aligned.map(({ playedDbfs }) => playedDbfs),
    aligned.map(({ cleanDbfs }) => cleanDbfs),
  )
}

function meanDb(levels: readonly number[]): number {
  const power = levels.reduce((sum, level) => sum + 10 ** (level / 10), 0) / levels.length
  return Math.max(silenceDbfs, 10 * Math.log10(power))
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor((sorted.length - 1) * part)] ?? silenceDbfs
}
