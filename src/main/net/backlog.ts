// What was handed to a socket and how much of it waits. A backlog from which bytes go out proves that the other end is there:
// the kernel takes more only as that confirms. On a slow line our ping stands behind a second of sound, so that its answer
// alone would come too late.

export interface Backlog {
  handed(bytes: number): void
  /** @param waitingBytes what waits now @returns whether some of what waited at the last look has gone and some has not */
  moves(waitingBytes: number): boolean
}

export function createBacklog(): Backlog {
  let handedBytes = 0
  let waitedBytes = 0
  let goneBytes = 0
  return {
    handed: (bytes) => void (handedBytes += bytes),
    moves(waitingBytes) {
      const goneNow = handedBytes - waitingBytes
      const moves = waitedBytes > 0 && waitingBytes > 0 && goneNow > goneBytes
      waitedBytes = waitingBytes
      goneBytes = goneNow
      return moves
    },
  }
}
