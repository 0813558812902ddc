// The echo of the voice in the microphone, between windows and the sound process: what the person chose goes there, how it
// stands comes back, and what takes something from the person is told.
import type { EchoView } from '../../core/audio/echo-view.ts'
import type { Settings } from '../../core/settings.ts'
import type { Sound } from '../audio/sound.ts'
import type { SettingsStore } from '../store/settings.ts'

const told = {
  'no-library':
    'Echo cancellation does not load on this computer. While the voice speaks, the microphone is closed unless you speak up; headphones avoid that.',
  leak: 'The microphone hears the voice too well, so it is closed while the voice speaks unless you speak up. Turn the speaker down, move the microphone away from it, or use headphones.',
}

export interface Echo {
  /** Null before a sound process has told. */
  view(): EchoView | null
  close(): void
}

export function followEcho(opts: {
  sound: Pick<Sound, 'clean' | 'onEcho'>
  settings: Pick<SettingsStore, 'current' | 'onChanged'>
  tell: (message: string) => void
  onMoved: () => void
}): Echo {
  const { sound, settings } = opts
  let view: EchoView | null = null
  const isTold = new Set<string>()
  const choose = ({ echo, suppressesNoise }: Settings): void => sound.clean({ echo, noise: suppressesNoise })

  choose(settings.current())
  const undos = [
    settings.onChanged(choose),
    sound.onEcho((next) => {
      view = next
      if (next.mode.type === 'half-duplex' && !isTold.has(next.mode.why)) {
        isTold.add(next.mode.why)
        opts.tell(told[next.mode.why])
      }
      opts.onMoved()
    }),
  ]
  return { view: () => view, close: () => undos.forEach((undo) => undo()) }
}
