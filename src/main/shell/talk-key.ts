// The talk key outside the window: listens in a process of its own or has the desktop listen, starts that again when it dies,
// and falls back to the system's shortcut, which knows no letting go. What the edges do is decided by whoever hears them.
import { createEmitter, type Undo } from '../../core/emitter.ts'
import { readChord, writeChord, type Chord } from '../../core/turn/chord.ts'
import type { TalkEdge } from '../../core/turn/talk-control.ts'
import type { TalkKeyView } from '../../core/views.ts'
import type { Clock } from '../ports.ts'
import type { FromTalkKeyHost, TalkKeyProcess } from './talk-key-messages.ts'
import type { TalkKeyRoute } from './talk-key-route.ts'

export interface TalkKeyEvents {
  /** `handMs` by the clock of what felt the key, where anything did. */
  edge: { edge: TalkEdge; handMs?: number }
  escape: undefined
  view: TalkKeyView
}

export interface Shortcuts {
  /** False when another program has these keys. */
  register(keys: string, act: () => void): boolean
  unregister(keys: string): void
}

export interface TalkKey {
  on<Name extends keyof TalkKeyEvents>(name: Name, listen: (event: TalkKeyEvents[Name]) => void): Undo
  view(): TalkKeyView
  /** @param keys as a person writes them; empty for none */
  choose(keys: string): void
  stop(): void
}

/** A listener that dies this often within a minute is given up for the shortcut. */
const patience = 3
const withinMs = 60_000
const listensWithinMs = 5_000

const asking = 'The desktop is asked for these keys; it may want you to agree.'
const floor =
  'This desktop lets no program hear keys outside its window. Give “parley --talk” a key in the system’s keyboard settings: press it once to talk and once more to end.'

export function createTalkKey(opts: {
  clock: Clock
  route: () => TalkKeyRoute
  startListener: () => TalkKeyProcess
  startPortal: () => TalkKeyProcess
  shortcuts: Shortcuts
}): TalkKey {
  const { clock, shortcuts } = opts
  const events = createEmitter<TalkKeyEvents>()
  let chord: Chord | null = null
  let registered: string | null = null
  let listener: TalkKeyProcess | null = null
  let undoLate: Undo = () => undefined
  let deaths: number[] = []
  let view: TalkKeyView = { keys: '', works: 'none', note: null }

  function show(works: TalkKeyView['works'], note: string | null): void {
    view = { keys: chord ? writeChord(chord) : '', works, note }
    events.emit('view', view)
  }

  function tap(): void {
    events.emit('edge', { edge: 'down' })
    events.emit('edge', { edge: 'up' })
  }

  function holdShortcut(act: () => void): boolean {
    if (!chord) return false
    const keys = writeChord(chord)
    if (!shortcuts.register(keys, act)) return false
    registered = keys
    return true
  }

  function useShortcut(why: string): void {
    if (holdShortcut(tap)) show('toggle', why)
    else show('none', `Another program has ${chord ? writeChord(chord) : 'these keys'}; choose others in the settings.`)
  }

  function useListener(keys: string): void {
    const own = use(opts.startListener(), () => {
      if (mayRetry()) useListener(keys)
      else useShortcut('The keys can’t be listened to on this system: press once to talk and once more to end.')
    })
    own.post({ keys })
    undoLate = clock.after(listensWithinMs, () => own === listener && own.stop())
  }

  /** It may take as long as the person takes to agree. */
  function usePortal(keys: string): void {
    let isBound = false
    const own = use(opts.startPortal(), () => {
      if (isBound && mayRetry()) usePortal(keys)
      else show('none', floor)
    })
    own.onMessage((message) => (isBound ||= typeof message === 'object' && message.type === 'bound'))
    show('none', asking)
    own.post({ keys })
  }

  function use(own: TalkKeyProcess, whenGone: () => void): TalkKeyProcess {
    listener = own
    own.onMessage((message) => own === listener && hear(message))
    own.onExit(() => {
      if (own !== listener) return
      loseListener()
      whenGone()
    })
    return own
  }

  function hear(message: FromTalkKeyHost): void {
    if (message === 'listening') {
      undoLate()
      // Held by us as a shortcut too, so that the program in front does not get the keys as well.
      holdShortcut(() => undefined)
      show('hold', null)
    } else if (message === 'escape') events.emit('escape', undefined)
    else if (message.type === 'edge') events.emit('edge', message)
    else show('hold', message.keys === '' ? null : `The desktop listens for it: ${message.keys}.`)
  }

  /** Nobody will say that the key went up. */
  function loseListener(): void {
    undoLate()
    listener = null
    letGo()
    events.emit('edge', { edge: 'lost' })
    show('none', 'The listener to the keys ended and is started again.')
  }

  function mayRetry(): boolean {
    const nowMs = clock.monotonicMs()
    deaths = [...deaths.filter((atMs) => nowMs - atMs < withinMs), nowMs]
    return deaths.length < patience
  }

  function letGo(): void {
    if (registered !== null) shortcuts.unregister(registered)
    registered = null
  }

  function take(keys: string): void {
    const route = opts.route()
    switch (route.type) {
      case 'listener':
        useListener(keys)
        return
      case 'portal':
        usePortal(keys)
        return
      case 'shortcut':
        useShortcut(route.why)
        return
      case 'none':
        show('none', route.why)
        return
    }
  }

  function stop(): void {
    undoLate()
    const own = listener
    listener = null
    own?.stop()
    letGo()
  }

  return {
    on: (name, listen) => events.on(name, listen),
    view: () => view,
    choose(keys) {
      stop()
      deaths = []
      chord = readChord(keys)
      if (chord) take(writeChord(chord))
      else show('none', keys === '' ? null : `“${keys}” can’t be used as talk key; choose others in the settings.`)
    },
    stop,
  }
}
