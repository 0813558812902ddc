// The desktop's global shortcuts over a real bus: dbus-daemon, and a portal that another library speaks for.
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { readChord } from '../../../src/core/turn/chord.ts'
import { startPortal } from '../../../src/main/shell/portal.ts'
import { portalTrigger, readBound, readResponse } from '../../../src/main/shell/portal-words.ts'
import { createTalkKey, type TalkKey } from '../../../src/main/shell/talk-key.ts'
import { openPortal, openSessionBus, type SessionBus, type StandInPortal } from '../../support/session-bus.ts'
import { createStillClock } from '../../support/still-clock.ts'

let bus: SessionBus
beforeAll(async () => {
  bus = await openSessionBus()
})
afterAll(() => bus.stop())

interface Wayland {
  key: TalkKey
  edges: string[]
  /** When the hand did them, as the portal says. */
  times: (number | undefined)[]
  portal: StandInPortal
  /** Resolves when the view is so. */
  shows(works: string, note: RegExp | null): Promise<void>
  /** Resolves when so many edges have been heard. */
  hears(count: number): Promise<void>
}

async function openWayland(behaviour: 'agree' | 'refuse' | 'none'): Promise<Wayland> {
  const portal = await openPortal(bus.address, behaviour)
  const key = createTalkKey({
    clock: createStillClock(),
    route: () => ({ type: 'portal' }),
    startListener: () => {
      throw new Error('no listener on Wayland')
    },
    startPortal: () => startPortal(bus.address),
    shortcuts: { register: () => false, unregister: () => undefined },
  })
  const edges: string[] = []
  const times: (number | undefined)[] = []
  const waiting = new Set<() => void>()
  const look = (): void => waiting.forEach((each) => each())
  key.on('edge', ({ edge, handMs }) => {
    edges.push(edge)
    times.push(handMs)
    look()
  })
  key.on('view', look)
  const when = (is: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const each = (): void => {
        if (!is()) return
        waiting.delete(each)
        resolve()
      }
      waiting.add(each)
      each()
    })
  onTestFinished(async () => {
    key.stop()
    await portal.leave()
  })
  return {
    key,
    edges,
    times,
    portal,
    shows: (works, note) =>
      when(
        () =>
          key.view().works === works && (note === null ? key.view().note === null : note.test(key.view().note ?? '')),
      ),
    hears: (count) => when(() => edges.length >= count),
  }
}

describe('the talk key on Wayland', () => {
  it('[X16] is held through the desktop’s portal: down and up are heard, and the desktop’s words for the keys are told', async () => {
    const { key, edges, times, portal, shows, hears } = await openWayland('agree')
    key.choose('Ctrl+Alt+Space')
    expect(key.view()).toMatchObject({ works: 'none', note: expect.stringContaining('asked') as string })
    await shows('hold', /Press <Control><Alt>space/)
    // What the portal says of itself comes on another way than what it answers.
    const asked = [
      { ready: true },
      { registered: 'app.parley.Parley' },
      { bind: [['talk', { description: 'Talk with Parley', preferred_trigger: 'CTRL+ALT+space' }]] },
    ]
    await vi.waitFor(() => expect(portal.told).toEqual(asked), 5_000)
    portal.hand('down', { atMs: 5_000 })
    await hears(1)
    portal.hand('up', { atMs: 5_700 })
    await hears(2)
    expect(edges).toEqual(['down', 'up'])
    expect(times).toEqual([5_000, 5_700])
  })

  it('[X16] other shortcuts, other sessions and strangers on the bus press nothing', async () => {
    const { key, edges, portal, shows, hears } = await openWayland('agree')
    key.choose('Ctrl+Alt+Space')
    await shows('hold', /Press/)
    portal.hand('down', { stranger: true })
    portal.hand('down', { name: 'other' })
    portal.hand('down', { session: '/org/freedesktop/portal/desktop/session/0_0/x' })
    portal.hand('down')
    portal.hand('up')
    await hears(2)
    expect(edges).toEqual(['down', 'up'])
  })

  it('[X16] a session that the desktop ends lets the key go and is asked for again', async () => {
    const { key, edges, portal, shows, hears } = await openWayland('agree')
    key.choose('Ctrl+Alt+Space')
    await shows('hold', /Press/)
    portal.hand('down')
    await hears(1)
    portal.hand('close')
    await hears(2)
    await shows('hold', /Press/)
    await vi.waitFor(() => expect(portal.told.filter((told) => 'bind' in told)).toHaveLength(2), 5_000)
    portal.hand('down')
    await hears(3)
    expect(edges).toEqual(['down', 'lost', 'down'])
  })

  it('[X16] a portal that crashes lets the key go', async () => {
    const { key, edges, portal, shows, hears } = await openWayland('agree')
    key.choose('Ctrl+Alt+Space')
    await shows('hold', /Press/)
    portal.hand('down')
    await hears(1)
    await portal.leave()
    await hears(2)
    expect(edges).toEqual(['down', 'lost'])
    await shows('none', /parley --talk/)
  })

  it.each(['refuse', 'none'] as const)(
    '[X11] where the desktop says no (%s), the command that a key can be given is told',
    async (behaviour) => {
      const { key, shows } = await openWayland(behaviour)
      key.choose('Ctrl+Alt+Space')
      await shows('none', /parley --talk/)
    },
  )

  it('[X11] without a bus there is the command too', async () => {
    const gone = startPortal('unix:path=/nonexistent/bus')
    const exited = new Promise<void>((resolve) => gone.onExit(resolve))
    gone.post({ keys: 'Ctrl+Alt+Space' })
    await exited
  })

  it.each([
    ['Ctrl+Alt+Space', 'CTRL+ALT+space'],
    ['Meta+Shift+K', 'SHIFT+LOGO+k'],
    ['Ctrl+F12', 'CTRL+F12'],
  ])('[X16] %s is written as the specification of shortcuts does', (keys, trigger) => {
    expect(portalTrigger(readChord(keys)!)).toBe(trigger)
  })

  it('[X16] answers that make no sense are no agreement', () => {
    for (const body of [[], [0], ['0', {}], [1, {}], [2, {}], null]) expect(readResponse(body)).toBeNull()
    for (const bound of [
      undefined,
      'x',
      [['talk']],
      [['other', {}]],
      [['talk', { trigger_description: { value: 7 } }]],
    ])
      expect(readBound(bound, 'talk')).toBe('')
  })
})
