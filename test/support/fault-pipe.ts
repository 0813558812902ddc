// One direction of the fault proxy: a queue of bytes between two sockets whose weather says when, how fast and in which
// pieces they leave it. A full queue stops reading, so that the sender feels a slow line as it would a real one.
import type { Socket } from 'node:net'
import type { Clock, Random, Undo } from '../../src/main/ports.ts'

export interface Weather {
  /** Every byte is this late … */
  latencyMs: number
  /** … give or take this much; order is kept. */
  jitterMs: number
  /** Share (0–1) of what arrives that is followed by a stall … */
  stallShare: number
  /** … of this length. */
  stallMs: number
  bytesPerSecond: number
  /** Longest piece that is written at once. */
  sliceBytes: number
  /** Of each connection so many bytes pass, then it is reset. */
  limitBytes: number
}

export const fairWeather: Weather = {
  latencyMs: 0,
  jitterMs: 0,
  stallShare: 0,
  stallMs: 0,
  bytesPerSecond: Infinity,
  sliceBytes: Infinity,
  limitBytes: Infinity,
}

export interface FaultPipe {
  hold(held: boolean): void
  /** What waits and what comes is lost, for good. */
  swallow(): void
  isSwallowing(): boolean
  end(): void
}

/** Above this nothing more is read. */
const mostQueuedBytes = 64 * 1024

type Piece = { dueMs: number } & ({ type: 'bytes'; bytes: Buffer } | { type: 'fin' })

export function createFaultPipe(opts: {
  from: Socket
  to: Socket
  clock: Clock
  random: Random
  weather: () => Weather
  onLimit: () => void
}): FaultPipe {
  const { from, to, clock } = opts
  let queue: Piece[] = []
  let queuedBytes = 0
  let passedBytes = 0
  let held = false
  let swallowing = false
  let ended = false
  /** No piece leaves before these: the one before it, and what a slow line still carries. */
  let latestDueMs = 0
  let freeMs = 0
  let undoWait: Undo = () => undefined

  from.on('data', (bytes: Buffer) => {
    if (swallowing) return
    const { sliceBytes } = opts.weather()
    for (let at = 0; at < bytes.length; at += sliceBytes)
      queue.push({ type: 'bytes', bytes: bytes.subarray(at, at + Math.min(sliceBytes, bytes.length)), dueMs: dueMs() })
    queuedBytes += bytes.length
    if (queuedBytes > mostQueuedBytes) from.pause()
    pump()
  })
  from.on('end', () => {
    if (swallowing) return
    queue.push({ type: 'fin', dueMs: dueMs() })
    pump()
  })
  from.resume()

  function dueMs(): number {
    const { latencyMs, jitterMs, stallShare, stallMs } = opts.weather()
    const lateMs = Math.max(0, latencyMs + jitterMs * (2 * opts.random() - 1))
    latestDueMs = Math.max(latestDueMs, clock.monotonicMs() + lateMs)
    const due = latestDueMs
    if (stallShare > 0 && opts.random() < stallShare) latestDueMs += stallMs
    return due
  }

  function pump(): void {
    undoWait()
    undoWait = () => undefined
    for (let head = queue[0]; head && !held && !ended; head = queue[0]) {
      const waitMs = Math.max(head.dueMs, freeMs) - clock.monotonicMs()
      if (waitMs > 0) {
        undoWait = clock.after(waitMs, pump)
        return
      }
      queue.shift()
      pass(head)
    }
  }

  function pass(piece: Piece): void {
    if (piece.type === 'fin') return void to.end()
    const { bytesPerSecond, limitBytes } = opts.weather()
    const allowed = piece.bytes.subarray(0, Math.max(0, limitBytes - passedBytes))
    queuedBytes -= piece.bytes.length
    passedBytes += allowed.length
    freeMs = Math.max(freeMs, clock.monotonicMs()) + (allowed.length / bytesPerSecond) * 1000
    const isOver = allowed.length < piece.bytes.length
    if (allowed.length > 0) to.write(allowed, () => isOver && opts.onLimit())
    else if (isOver) opts.onLimit()
    if (queuedBytes <= mostQueuedBytes && from.isPaused()) from.resume()
  }

  return {
    hold(now) {
      held = now
      pump()
    },
    swallow() {
      swallowing = true
      queue = []
      queuedBytes = 0
      undoWait()
      from.resume()
    },
    isSwallowing: () => swallowing,
    end() {
      ended = true
      undoWait()
    },
  }
}
