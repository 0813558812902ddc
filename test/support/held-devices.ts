// A microphone and a speaker that open and close when the test lets them, for what happens in between. The speaker plays by
// the clock that the test moves, and refuses what is given to it while it is closed.
import { createEmitter } from '../../src/core/emitter.ts'
import type { Clock, Microphone, Speaker } from '../../src/main/ports.ts'
import { createClockedSpeaker, type ClockedSpeaker } from './clocked-speaker.ts'

export interface HeldDevice {
  /** What was asked of it, in order. */
  readonly asked: ('open' | 'close')[]
  isOpen(): boolean
  /** From now on opening and closing wait for `free`. */
  hold(): void
  free(): void
  /** From now on it can't be opened. */
  unplug(): void
}

function createHeldDevice(): HeldDevice & { open: () => Promise<void>; close: () => Promise<void> } {
  const asked: ('open' | 'close')[] = []
  let isOpen = false
  let isPlugged = true
  let gate: { until: Promise<void>; free: () => void } | null = null

  async function turn(what: 'open' | 'close'): Promise<void> {
    asked.push(what)
    await gate?.until
    if (what === 'open' && !isPlugged) throw new Error('It is not there.')
    if (what === 'open' && isOpen) throw new Error('It is open already.')
    isOpen = what === 'open'
  }

  return {
    asked,
    isOpen: () => isOpen,
    hold() {
      let free = (): void => undefined
      const until = new Promise<void>((resolve) => (free = resolve))
      gate = { until, free }
    },
    free() {
      gate?.free()
      gate = null
    },
    unplug: () => void (isPlugged = false),
    open: () => turn('open'),
    close: () => turn('close'),
  }
}

export function createHeldMicrophone(): HeldDevice & { microphone: Microphone; say: (frame: Int16Array) => void } {
  const device = createHeldDevice()
  const frames = createEmitter<{ frame: Int16Array }>()
  const nothing = () => () => undefined
  const { open, close } = device
  return {
    ...device,
    say: (frame) => frames.emit('frame', frame),
    microphone: { onFrame: (listen) => frames.on('frame', listen), onEnd: nothing, onTrouble: nothing, open, close },
  }
}

export function createHeldSpeaker(
  clock: Clock,
): HeldDevice & { speaker: Speaker; recorded: ClockedSpeaker['recorded'] } {
  const device = createHeldDevice()
  const clocked = createClockedSpeaker(clock)
  clocked.record()
  return {
    ...device,
    recorded: () => clocked.recorded(),
    speaker: {
      ...clocked,
      open: device.open,
      close: device.close,
      play(item, samples) {
        if (!device.isOpen()) throw new Error('It is closed.')
        clocked.play(item, samples)
      },
    },
  }
}
