// Notices that the machine slept or moved: the wall clock jumped against the steady one, or the addresses of its network
// cards are others. Either way an open line may be dead without a word.
import { networkInterfaces } from 'node:os'
import { clockJumped } from '../../core/connection/heartbeat.ts'
import { untilNext } from '../../core/whole-seconds.ts'
import type { Clock, Undo } from '../ports.ts'

export interface SurroundingsOpts {
  clock: Clock
  /** All addresses of this machine, as one text. */
  addresses: () => string
  onChange: () => void
}

const lookEveryMs = 1_000

export function watchSurroundings({ clock, addresses, onChange }: SurroundingsOpts): Undo {
  const lookAround = (): { wallMs: number; steadyMs: number; addresses: string } => ({
    wallMs: clock.nowMs(),
    steadyMs: clock.monotonicMs(),
    addresses: addresses(),
  })
  let last = lookAround()
  const lookLater = (): Undo => clock.after(untilNext(lookEveryMs, clock.monotonicMs()), look)
  let undo = lookLater()

  function look(): void {
    undo = lookLater()
    const now = lookAround()
    const changed = now.addresses !== last.addresses || clockJumped(last, now)
    last = now
    if (changed) onChange()
  }

  return () => undo()
}

/** Loopback leads nowhere else, so it says nothing. */
export function ownAddresses(): string {
  return Object.values(networkInterfaces())
    .flatMap((cards) => cards ?? [])
    .flatMap(({ internal, address }) => (internal ? [] : [address]))
    .sort()
    .join(' ')
}
