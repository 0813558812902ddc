import { describe, expect, it } from 'vitest'
import { createEmitter } from '../../../src/core/emitter.ts'
import { createTalkKey, type TalkKey } from '../../../src/main/shell/talk-key.ts'
import type { FromTalkKeyHost, TalkKeyProcess } from '../../../src/main/shell/talk-key-messages.ts'
import { routeFor, type TalkKeyRoute } from '../../../src/main/shell/talk-key-route.ts'
import { createStillClock } from '../../support/still-clock.ts'

/** A listener of nothing but faults; the real one is in test/desktop. */
interface FaultyListener extends TalkKeyProcess {
  told: string[]
  isStopped: boolean
  say(message: FromTalkKeyHost): void
  die(): void
}

function createFaultyListener(): FaultyListener {
  const events = createEmitter<{ message: FromTalkKeyHost; exit: undefined }>()
  const listener: FaultyListener = {
    told: [],
    isStopped: false,
    post: ({ keys }) => listener.told.push(keys),
    onMessage: (listen) => void events.on('message', listen),
    onExit: (listen) => void events.on('exit', listen),
    stop() {
      listener.isStopped = true
      events.emit('exit', undefined)
    },
    say: (message) => events.emit('message', message),
    die: () => events.emit('exit', undefined),
  }
  return listener
}

const edge = (what: 'down' | 'up', handMs = 0): FromTalkKeyHost => ({ type: 'edge', edge: what, handMs })

function open(opts: { route?: TalkKeyRoute; taken?: boolean } = {}) {
  const clock = createStillClock()
  const listeners: FaultyListener[] = []
  const held = new Map<string, () => void>()
  const heard: string[] = []
  function start(): FaultyListener {
    const listener = createFaultyListener()
    listeners.push(listener)
    return listener
  }
  const key: TalkKey = createTalkKey({
    clock,
    route: () => opts.route ?? { type: 'listener' },
    startListener: start,
    startPortal: start,
    shortcuts: {
      register: (keys, act) => !opts.taken && !!held.set(keys, act),
      unregister: (keys) => void held.delete(keys),
    },
  })
  key.on('edge', ({ edge }) => heard.push(edge))
  key.on('escape', () => heard.push('escape'))
  return { clock, key, listeners, held, heard, last: () => listeners.at(-1)! }
}

describe('the talk key outside the window', () => {
  it('[X10] tells both edges and Escape, and holds the keys so that no other program gets them', () => {
    const { key, last, held, heard } = open()
    key.choose('ctrl+alt+space')
    expect(last().told).toEqual(['Ctrl+Alt+Space'])
    last().say('listening')
    expect(key.view()).toEqual({ keys: 'Ctrl+Alt+Space', works: 'hold', note: null })
    for (const message of [edge('down'), edge('up'), 'escape'] as const) last().say(message)
    expect(heard).toEqual(['down', 'up', 'escape'])
    held.get('Ctrl+Alt+Space')!()
    expect(heard).toHaveLength(3)
  })

  it('[X10] a listener that dies lets the key go and is replaced', () => {
    const { key, listeners, last, heard } = open()
    key.choose('Ctrl+Alt+Space')
    last().say('listening')
    last().say(edge('down'))
    last().die()
    expect(heard).toEqual(['down', 'lost'])
    expect(listeners).toHaveLength(2)
    listeners[0]!.say(edge('down'))
    expect(heard).toEqual(['down', 'lost'])
    last().say('listening')
    expect(key.view().works).toBe('hold')
  })

  it('[X11] one that keeps dying, or never listens, gives way to the shortcut: each press is a tap', () => {
    const { clock, key, listeners, last, held, heard } = open()
    key.choose('Ctrl+Alt+Space')
    last().die()
    clock.pass(5_000)
    last().die()
    expect(listeners).toHaveLength(3)
    expect(listeners[1]!.isStopped).toBe(true)
    expect(key.view()).toMatchObject({ works: 'toggle', note: expect.stringContaining('press once') as string })
    heard.length = 0
    held.get('Ctrl+Alt+Space')!()
    expect(heard).toEqual(['down', 'up'])
  })

  it('[X11] keys that another program has, and none at all, are told', () => {
    const taken = open({ route: { type: 'shortcut', why: 'Wayland.' }, taken: true })
    taken.key.choose('Ctrl+Alt+K')
    expect(taken.key.view()).toMatchObject({ works: 'none', note: expect.stringContaining('Ctrl+Alt+K') as string })

    const { key } = open()
    key.choose('')
    expect(key.view()).toEqual({ keys: '', works: 'none', note: null })
    key.choose('Space')
    expect(key.view()).toMatchObject({ works: 'none', note: expect.stringContaining('Space') as string })
  })

  it('[X10] other keys take the place of the old ones at once', () => {
    const { key, listeners, held, heard } = open()
    key.choose('Ctrl+Alt+Space')
    listeners[0]!.say('listening')
    key.choose('Ctrl+Alt+K')
    listeners[1]!.say('listening')
    expect(listeners[0]!.isStopped).toBe(true)
    expect([...held.keys()]).toEqual(['Ctrl+Alt+K'])
    listeners[0]!.say(edge('down'))
    expect(heard).toEqual([])
    key.stop()
    expect(held.size).toBe(0)
    expect(listeners).toHaveLength(2)
  })

  it.each<[string, Parameters<typeof routeFor>[0], TalkKeyRoute['type']]>([
    ['X11', { platform: 'linux', env: { DISPLAY: ':0' }, isAllowed: true }, 'listener'],
    ['no display', { platform: 'linux', env: {}, isAllowed: true }, 'none'],
    ['Wayland', { platform: 'linux', env: { DISPLAY: ':0', WAYLAND_DISPLAY: 'w' }, isAllowed: true }, 'portal'],
    ['Wayland', { platform: 'linux', env: { DISPLAY: ':0', XDG_SESSION_TYPE: 'wayland' }, isAllowed: true }, 'portal'],
    ['macOS, allowed', { platform: 'darwin', env: {}, isAllowed: true }, 'listener'],
    ['macOS, not allowed', { platform: 'darwin', env: {}, isAllowed: false }, 'shortcut'],
    ['Windows', { platform: 'win32', env: {}, isAllowed: true }, 'listener'],
  ])('[X11] on %s the best way that works is taken', (_system, situation, wanted) => {
    expect(routeFor(situation).type).toBe(wanted)
  })
})
