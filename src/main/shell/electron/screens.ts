// Windows and screens that the person may take a picture of: listed for our chooser where the system has none of its own, and one
// of them given to the page for the one time that was chosen. A page that only asks gets nothing.
import { desktopCapturer, systemPreferences, type Session, type Streams } from 'electron'
import { systemClock } from '../../clock.ts'
import type { Screens } from '../../app/app-opts.ts'

/** The page asks at once when something was chosen. */
const chosenForMs = 5_000
const thumbnailSize = { width: 320, height: 200 }
const mostSources = 60

/** Refuses the page; an answer that only lacks a stream is an error of ours to Electron. Its types have no null. */
const nothing = null as unknown as Streams

/** A portal shows windows and screens, and gives one only when the person chose it. */
const isWayland = (): boolean => process.platform === 'linux' && process.env['XDG_SESSION_TYPE'] === 'wayland'
/** From version 15 on macOS has a picker, which Electron opens by itself. */
const hasMacPicker = (): boolean =>
  process.platform === 'darwin' && Number(process.getSystemVersion().split('.')[0] ?? 0) >= 15

export function offerScreens(from: Session): Screens {
  let chosen: { id: string | null; atMs: number } | null = null

  function take(): string | null | undefined {
    const one = chosen
    chosen = null
    return one !== null && systemClock.monotonicMs() - one.atMs <= chosenForMs ? one.id : undefined
  }

  from.setDisplayMediaRequestHandler(
    (_request, answer) => {
      const id = take()
      // Nothing was chosen: the page is refused.
      if (id === undefined) return answer(nothing)
      const types: ('window' | 'screen')[] = ['window', 'screen']
      desktopCapturer.getSources({ types, thumbnailSize: { width: 0, height: 0 } }).then(
        (sources) => {
          const video = id === null ? sources[0] : sources.find((source) => source.id === id)
          answer(video ? { video } : nothing)
        },
        () => answer(nothing),
      )
    },
    { useSystemPicker: true },
  )

  return {
    async list() {
      if (isWayland() || hasMacPicker()) return null
      if (process.platform === 'darwin' && systemPreferences.getMediaAccessStatus('screen') === 'denied')
        throw new Error(
          'The system does not let Parley see the screen. Allow it in the system’s settings, under Screen Recording.',
        )
      const sources = await desktopCapturer.getSources({ types: ['screen', 'window'], thumbnailSize })
      return sources.slice(0, mostSources).map(({ id, name, thumbnail }) => ({
        id,
        name: name.slice(0, 200),
        kind: id.startsWith('screen:') ? 'screen' : 'window',
        thumbnail: thumbnail.isEmpty() ? null : thumbnail.toDataURL(),
      }))
    },
    choose: (id) => void (chosen = { id, atMs: systemClock.monotonicMs() }),
  }
}
