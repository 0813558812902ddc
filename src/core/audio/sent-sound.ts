// The last ten seconds of sound that one line was sent: which of it the service has proven to have, which belongs to turns whose
// answer still depends on it, and what of it the next line has to be sent.
import { frameMs, msToSamples } from './pcm.ts'

/** `press`: the press of the talk key that it belongs to; null where the service itself finds the turns. */
export type Entry =
  { type: 'frame'; frame: Int16Array; press: string | null } | { type: 'mark'; press: string | null; act: () => void }

export interface SentSound {
  add(entry: Entry): void
  /** All sound of this line … */
  sentMs(): number
  /** … what of it the service has … */
  provenMs(): number
  /** … and the end of the last turn that it made of it. */
  endedMs(): number
  /** The line owes an answer to a ping behind its sound: it may have died. */
  isUnproven(): boolean
  /** A ping of that mark was sent behind everything so far. */
  ask(mark: number): void
  proven(mark: number): void
  /** Nobody speaks in what was sent so far behind the last turn, and nothing follows for now: it is not sent again. */
  rest(): void
  /** The service hears a turn that began `fromMs` into the sound of this line … */
  keep(turn: string, fromMs: number): void
  /** … and that ended there, with the silence behind it; what follows may be the next one. */
  endTurn(turn: string, toMs: number): void
  /** The key went down: what is sent from now on is kept until the service makes it a turn … */
  beginPress(press: string): void
  endPress(press: string): void
  /** … or until the press, or the turn, comes to nothing. */
  drop(id: string): void
  /**
   * The service made a turn of what it heard, or of what that press gave.
   * @returns the turn's sound, at most the newest ten seconds
   */
  taken(turn: string, press: string | null): Int16Array[]
  /** The turn's sound is needed no more. */
  forget(turn: string): void
  isKept(turn: string): boolean
  /** What becomes of a turn that is being spoken: see `Uplink.moveTo`. */
  handOver(): 'nothing' | 'again' | 'split'
  /** This line is lost, or was handed over in one of those ways. @returns what the next line has to be sent, in order */
  endLine(how: 'lost' | 'nothing' | 'again' | 'split'): Entry[]
}

export const mostHeldMs = 10_000
const mostFrames = mostHeldMs / frameMs
/** A service may have sound for so long before it tells that somebody speaks in it. */
const unnoticedFrames = 100
/** So much silence parts two turns that are sent again without what was between them. */
const partingFrames = 75

/** What was sent again and is not a turn yet; a key beside the ids of turns. */
const takenOver = 'taken over'

/** `at`: frames sent over this line before it. */
type Sent = Entry & { at: number }

/** Frames of this line; `to` is null while it goes on. */
interface Kept {
  from: number
  to: number | null
  taken: boolean
}

export function createSentSound(): SentSound {
  let sent: Sent[] = []
  let count = 0
  let kept = new Map<string, Kept>()
  /** The end of what the service has made turns of, and of what it has proven to have. */
  let ended = 0
  let provenTo = 0
  /** Where it told that somebody begins to speak: before that nobody did. */
  let begunAt = 0
  const asked = new Map<number, number>()

  const frameAt = (ms: number): number => Math.min(count, Math.max(0, Math.floor(ms / frameMs)))

  function prove(to: number): void {
    provenTo = Math.max(provenTo, to)
  }

  function isOf(entry: Sent, id: string, { from, to }: Kept): boolean {
    if (entry.press !== null) return entry.press === id
    return entry.at >= from && entry.at < (to ?? Infinity)
  }

  /** Presses are known by name until the service gives their turn one: both belong to the same sound. */
  const pressOf = new Map<string, string>()
  const nameOf = (turn: string): string => pressOf.get(turn) ?? turn

  /** Where the oldest turn begins that the service has not made an item of. */
  function oldestOpen(): number | null {
    const open = [...kept.values()].filter(({ taken }) => !taken)
    return open.length === 0 ? null : Math.min(...open.map(({ from }) => from))
  }

  function unprovenFrom(): number {
    return Math.max(ended, begunAt, provenTo - unnoticedFrames)
  }

  /** A line that owes an answer to a ping behind its sound may have died unnoticed; null where it has proven all it was asked. */
  function unheardFrom(): number | null {
    return asked.size > 0 ? unprovenFrom() : null
  }

  /** What the line before has made turns of it will understand, unless it is lost. */
  function toBeSent(how: 'lost' | 'again'): Entry[] {
    const turns = [...kept].filter(([, { taken }]) => how === 'lost' || !taken)
    const tail = how === 'lost' ? unprovenFrom() : Math.min(oldestOpen() ?? Infinity, unheardFrom() ?? Infinity)
    const again: Entry[] = []
    let last: Sent | null = null
    for (const one of sent) {
      const isTail = one.press === null && one.at >= tail
      const isWanted = isTail || turns.some(([turn, range]) => isOf(one, nameOf(turn), range))
      if (!isWanted || one.at < count - mostFrames) continue
      // What lay between two turns is not sent: without silence they would become one.
      if (last?.press === null && one.press === null && one.at > last.at + 1) again.push(...silence())
      const { at: _, ...entry } = one
      again.push(entry)
      last = one
    }
    return again
  }

  function remember(): void {
    if (sent.length > 2 * mostFrames) sent = sent.filter(({ at }) => at >= count - mostFrames)
  }

  return {
    add(entry) {
      sent.push({ ...entry, at: count })
      if (entry.type === 'frame') count++
      remember()
    },
    sentMs: () => count * frameMs,
    provenMs: () => provenTo * frameMs,
    endedMs: () => ended * frameMs,
    isUnproven: () => asked.size > 0,
    ask: (mark) => void asked.set(mark, count),
    proven(mark) {
      for (const [number, to] of asked) {
        if (number > mark) continue
        prove(to)
        asked.delete(number)
      }
    },
    rest: () => void (begunAt = count),
    keep(turn, fromMs) {
      begunAt = frameAt(fromMs)
      kept.set(turn, { from: begunAt, to: null, taken: false })
      prove(begunAt)
    },
    endTurn(turn, toMs) {
      // Where nothing told of its beginning it is taken to begin where the one before ended.
      const known = kept.get(turn) ?? { from: ended, to: null, taken: false }
      if (known.taken) return
      const to = frameAt(toMs)
      kept.set(turn, { ...known, to: to > known.from ? to : count })
    },
    beginPress: (press) => void kept.set(press, { from: count, to: null, taken: false }),
    endPress(press) {
      const known = kept.get(press)
      if (known) kept.set(press, { ...known, to: count })
    },
    drop: (id) => void kept.delete(id),
    taken(turn, press) {
      if (!kept.has(turn) && press === null) kept.set(turn, { from: ended, to: count, taken: false })
      const key = kept.has(turn) ? turn : press
      const known = key === null ? undefined : kept.get(key)
      if (key === null || !known) return []
      kept.delete(key)
      kept.delete(takenOver)
      const whole = { ...known, to: known.to ?? count, taken: true }
      kept.set(turn, whole)
      if (key !== turn) pressOf.set(turn, key)
      ended = Math.max(ended, whole.to)
      prove(whole.to)
      return sent.flatMap((entry) => (entry.type === 'frame' && isOf(entry, nameOf(turn), whole) ? [entry.frame] : []))
    },
    forget(turn) {
      kept.delete(turn)
      pressOf.delete(turn)
    },
    isKept: (turn) => kept.has(turn),
    handOver() {
      const oldest = oldestOpen()
      if (oldest === null) return unheardFrom() === null ? 'nothing' : 'again'
      return count - oldest <= mostFrames ? 'again' : 'split'
    },
    endLine(how) {
      const again = how === 'nothing' || how === 'split' ? [] : toBeSent(how)
      const frames = again.filter(({ type, press }) => type === 'frame' && press === null).length
      sent = []
      count = 0
      ended = 0
      provenTo = 0
      begunAt = 0
      asked.clear()
      pressOf.clear()
      // The next session gives the turn a name of its own.
      kept = new Map(frames > 0 ? [[takenOver, { from: 0, to: frames, taken: false }]] : [])
      return again
    },
  }
}

function silence(): Entry[] {
  return Array.from({ length: partingFrames }, () => ({
    type: 'frame',
    frame: new Int16Array(msToSamples(frameMs)),
    press: null,
  }))
}
