// Devices that talk: which line holds the floor, its frames to the conversation, its word about what sounded. A line that ends,
// loses the right or falls silent gives the floor back, and what was pressed to talk there is let go.
import type { Clock, Undo } from '../ports.ts'
import type { Floor } from './floor.ts'
import type { DeviceLine } from './line.ts'
import { createRemoteSpeaker, type RemoteSpeaker } from './remote-speaker.ts'

export interface Talk {
  /** Of the line that holds it. */
  device(): string | null
  floor(line: DeviceLine, takes: boolean): Promise<void>
  hear(line: DeviceLine, frame: Int16Array): void
  said(line: DeviceLine, said: unknown): void
  gone(line: DeviceLine): void
}

/** A page sends a frame every 20 ms. One that sleeps keeps its line, since its system answers pings for it. */
export const silentFloorMs = 5_000

interface Held {
  at: number
  key: string
  speaker: RemoteSpeaker
  isGiven: boolean
  heardMs: number
  undoWatch: Undo
}

export function createTalk(opts: {
  clock: Clock
  floor: Floor
  onTaken: () => void
  /** The one that had it is gone, and nobody has pressed anything. */
  onGone: () => void
}): Talk {
  const { floor, clock } = opts
  const remotes = new Map<DeviceLine, Held>()
  let count = 0

  function drop(line: DeviceLine, held: Held): void {
    remotes.delete(line)
    held.undoWatch()
    held.speaker.lose()
  }

  function gone(line: DeviceLine): void {
    const held = remotes.get(line)
    if (held === undefined) return
    drop(line, held)
    if (holds(held)) opts.onGone()
    // Also when it is only about to have it.
    void floor.takeBack(held.key)
  }

  const holds = (held: Held): boolean => !held.isGiven || floor.holder() === held.key

  function watch(line: DeviceLine, held: Held): void {
    if (!holds(held)) return
    const leftMs = silentFloorMs - (clock.monotonicMs() - held.heardMs)
    if (leftMs > 0) return void (held.undoWatch = clock.after(leftMs, () => watch(line, held)))
    gone(line)
    line.send({ sound: { type: 'lost' } })
  }

  return {
    device() {
      const key = floor.holder()
      return [...remotes].find(([, held]) => held.key === key)?.[0].device ?? null
    },
    async floor(line, takes) {
      const before = remotes.get(line)
      if (!takes) {
        before?.undoWatch()
        if (before) await floor.takeBack(before.key)
        remotes.delete(line)
        return
      }
      if (before !== undefined && before.key === floor.holder()) return
      count += 1
      const speaker = createRemoteSpeaker({ clock, send: line.send, sendBytes: line.sendBytes })
      const now: Held = {
        at: count,
        key: `${line.device} ${count}`,
        speaker,
        isGiven: false,
        heardMs: clock.monotonicMs(),
        undoWatch: () => undefined,
      }
      before?.undoWatch()
      remotes.set(line, now)
      watch(line, now)
      await floor.give(now.key, speaker)
      now.isGiven = true
      // Another page of the same device can't tell by the device's name that it is its turn no more.
      for (const [other, held] of [...remotes].filter(([, one]) => one.at < now.at)) {
        drop(other, held)
        other.send({ sound: { type: 'lost' } })
      }
      opts.onTaken()
    },
    hear(line, frame) {
      const held = remotes.get(line)
      if (held === undefined) return
      held.heardMs = clock.monotonicMs()
      floor.hear(held.key, frame)
    },
    said: (line, said) => remotes.get(line)?.speaker.hear(said),
    gone,
  }
}
