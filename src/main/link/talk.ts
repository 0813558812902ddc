// Devices that talk: which line holds the floor, its frames to the conversation, its word about what sounded. A line that ends, or
// loses the right, gives the floor back.
import type { Clock } from '../ports.ts'
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

export function createTalk(opts: { clock: Clock; floor: Floor; onTaken: () => void }): Talk {
  const { floor, clock } = opts
  const remotes = new Map<DeviceLine, { at: number; key: string; speaker: RemoteSpeaker }>()
  let count = 0

  function gone(line: DeviceLine): void {
    const held = remotes.get(line)
    if (held === undefined) return
    remotes.delete(line)
    held.speaker.lose()
    void floor.takeBack(held.key)
  }

  return {
    device() {
      const key = floor.holder()
      return [...remotes].find(([, held]) => held.key === key)?.[0].device ?? null
    },
    async floor(line, takes) {
      const before = remotes.get(line)
      if (!takes) {
        if (before) await floor.takeBack(before.key)
        remotes.delete(line)
        return
      }
      if (before !== undefined && before.key === floor.holder()) return
      count += 1
      const at = count
      const key = `${line.device} ${at}`
      const speaker = createRemoteSpeaker({ clock, send: line.send, sendBytes: line.sendBytes })
      remotes.set(line, { at, key, speaker })
      await floor.give(key, speaker)
      // Another page of the same device can't tell by the device's name that it is its turn no more.
      for (const [other, held] of [...remotes].filter(([, one]) => one.at < at)) {
        remotes.delete(other)
        held.speaker.lose()
        other.send({ sound: { type: 'lost' } })
      }
      opts.onTaken()
    },
    hear(line, frame) {
      const held = remotes.get(line)
      if (held) floor.hear(held.key, frame)
    },
    said: (line, said) => remotes.get(line)?.speaker.hear(said),
    gone,
  }
}
