// Taking the floor at this device and giving it back: the microphone is asked for first, so that nobody takes a floor that they
// can't use, and it is let go of as soon as somebody else has it.
import type { SoundLine } from '../bridge.ts'
import { createStore, type Store } from '../store.ts'
import { openDeviceSound, type DeviceSound } from './device-sound.ts'

export interface FloorHold {
  state: Store<'away' | 'opening' | 'here'>
  take: () => Promise<void>
  giveBack: () => void
  /** Somebody else has it, or nobody can tell. */
  lose: () => void
}

export function createFloorHold(opts: {
  /** Null where there is no line for sound: the computer that runs Parley. */
  sound: SoundLine | null
  take: () => Promise<boolean>
  give: () => void
  /** There is no microphone for this page. */
  refused: () => void
}): FloorHold {
  const state = createStore<'away' | 'opening' | 'here'>('away')
  const line = opts.sound
  let held: DeviceSound | null = null

  function close(): void {
    held?.close()
    held = null
    state.set('away')
  }

  function lose(): void {
    if (state.value() === 'here') close()
  }

  function said(what: unknown): void {
    if ((what as { type?: unknown } | null)?.type === 'lost') lose()
    else held?.hear(what)
  }

  line?.hear({ bytes: (bytes) => held?.play(bytes), said })
  return {
    state,
    async take() {
      if (line === null) {
        await opts.take()
        return
      }
      if (state.value() !== 'away') return
      state.set('opening')
      try {
        held = await openDeviceSound({
          onFrame: (frame) => line.send(frame),
          onSaid: (said) => line.say(said),
          onMicrophoneGone() {
            if (state.value() === 'here') opts.give()
            close()
            opts.refused()
          },
        })
      } catch {
        close()
        opts.refused()
        return
      }
      if (await opts.take()) state.set('here')
      else close()
    },
    giveBack() {
      close()
      opts.give()
    },
    lose,
  }
}
