// What goes out on one connection, bounded: speech waits while the client does not read, and a client that lets too
// much pile up is let go rather than remembered.
import type { Line } from './connection.ts'

export interface Wire {
  /** Bytes handed over that have not left this process. */
  bufferedBytes(): number
  write(text: string, written: () => void): void
  close(code: number, reason: string): void
  terminate(): void
}

/** About ten seconds of speech as it goes over the wire. */
const pauseAtBytes = 640 * 1024
const limitBytes = 32 * 1024 * 1024

export function createLine(wire: Wire): Line & { dispose(): void } {
  let gone = false
  let waiting: (() => void)[] = []

  function release(): void {
    if (!gone && wire.bufferedBytes() > pauseAtBytes) return
    const ready = waiting
    waiting = []
    for (const resolve of ready) resolve()
  }

  return {
    send(text) {
      if (gone) return
      wire.write(text, release)
      if (wire.bufferedBytes() <= limitBytes) return
      gone = true
      wire.terminate()
      release()
    },
    clear() {
      if (gone || wire.bufferedBytes() <= pauseAtBytes) return Promise.resolve()
      return new Promise((resolve) => waiting.push(resolve))
    },
    close: (code, reason) => wire.close(code, reason),
    dispose() {
      gone = true
      release()
    },
  }
}
