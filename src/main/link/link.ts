// Other devices as a whole: the door open or closed as the settings say, who is paired, who asks to be, and where the
// door is now. Joins the door (door.ts), pairing and what is kept; decides nothing of the conversation.
import { addedAddresses, noLink, type DoorState, type LinkView } from '../../core/devices/view.ts'
import type { Right } from '../../core/devices/rights.ts'
import { createEmitter } from '../../core/emitter.ts'
import type { Served } from './served.ts'
import type { Clock, Random, Undo } from '../ports.ts'
import { announceByMdns, type Announce } from './announce.ts'
import { openDoor, type Door, type DoorOpts } from './door.ts'
import type { WebFile } from './files.ts'
import type { Floor } from './floor.ts'
import { fingerprintOf, isGood, makeIdentity, type Identity } from './identity.ts'
import { openKeptLink } from './kept.ts'
import { createPairing } from './pairing.ts'
import { addressesOf, placesOf, type Places } from './places.ts'
import { installable } from './site.ts'
import { createTalk } from './talk.ts'

export interface LinkOpts extends Pick<DoorOpts, 'limits' | 'pace'> {
  folder: string
  clock: Clock
  random: Random
  newId: (prefix: string) => string
  /** The window's files, asked for when the door opens first. */
  files: () => Promise<ReadonlyMap<string, WebFile>>
  /** Hears what is wrong with the file of the devices. */
  tell: (message: string) => void
  /** Whose sound the conversation has; absent: this computer's alone. */
  floor?: Floor
  /** In place of this computer's own. */
  places?: () => Places
  announce?: Announce
}

export interface Link {
  view(): LinkView
  onView(listen: (view: LinkView) => void): Undo
  /** The door is somewhere else now. One sentence for the person. */
  onPlace(listen: (message: string) => void): Undo
  /** Whose requests are carried from then on. */
  attach(app: Served): void
  /** Resolves when it is so; what went wrong stands in the view. */
  setOpen(open: boolean): Promise<void>
  /** False when no more devices can be kept. */
  beginPairing(): boolean
  endPairing(): void
  /** False when that device asks no more. */
  agree(asking: string, rights: readonly Right[]): boolean
  refuse(asking: string): boolean
  /** The device that talks in this computer's place; null: none. */
  talker(): { device: string; name: string } | null
  /** The sound is this computer's again. */
  talkHere(): Promise<void>
  setRights(device: string, rights: readonly Right[]): Promise<void>
  /** Null: all. Its lines are cut before this resolves. */
  revoke(device: string | null): Promise<void>
  stop(): Promise<void>
}

const lookEveryMs = 2_000

export async function createLink(opts: LinkOpts): Promise<Link> {
  const { clock, places = () => placesOf() } = opts
  const events = createEmitter<{ view: LinkView; place: string }>(() => undefined)
  const { folder, random, newId, tell } = opts
  const kept = await openKeptLink({ folder, clock, random, newId, tell })
  const talk = opts.floor
    ? createTalk({
        clock,
        floor: opts.floor,
        onTaken: () => void app?.answer('prove', null),
        onGone: () => void app?.answer('talk', { edge: 'lost' }),
      })
    : null
  opts.floor?.onMoved(() => show())
  const pairing = createPairing({
    clock,
    newId: opts.newId,
    taken: () => kept.devices().map(({ name }) => name),
    onChanged: () => show(),
  })
  let app: Served | null = null
  let state: DoorState = { type: 'closed' }
  let door: Door | null = null
  let fingerprint = ''
  let addresses: readonly string[] = []
  let undoLook: Undo = () => undefined
  let silence: () => void = () => undefined
  let last: Promise<unknown> = Promise.resolve()
  let shown = ''

  function view(): LinkView {
    const connected = door?.connected() ?? new Set()
    const open = pairing.open()
    return {
      ...noLink,
      door: state,
      addresses,
      fingerprint,
      pairing: open === null ? null : { ...open, address: pairingAddress() },
      pairingEnd: pairing.end(),
      asking: pairing.asking(),
      talker: talker()?.device ?? null,
      devices: kept
        .devices()
        .map(({ token: _token, ...device }) => ({ ...device, isConnected: connected.has(device.id) })),
    }
  }

  function talker(): { device: string; name: string } | null {
    const id = talk?.device() ?? null
    const device = kept.devices().find((one) => one.id === id)
    return device ? { device: device.id, name: device.name } : null
  }

  /** What stands behind `#` goes to nobody: it is there for whoever looks at the code. */
  const pairingAddress = (): string => `${addresses[0] ?? ''}/#sha256=${fingerprint.replaceAll(':', '')}`

  function show(): void {
    const now = view()
    const text = JSON.stringify(now)
    if (text === shown) return
    shown = text
    events.emit('view', now)
  }

  function inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = last.then(act)
    last = done.catch(() => undefined)
    return done
  }

  async function identity(): Promise<Identity> {
    const before = kept.identity()
    if (before !== null && isGood(before, clock.nowMs())) return before
    const here = places()
    const made = await makeIdentity([here.name, 'localhost', ...here.addresses, '127.0.0.1'], clock.nowMs())
    await kept.keepIdentity(made)
    return made
  }

  async function open(): Promise<void> {
    if (door !== null || app === null) return
    set({ type: 'opening' })
    try {
      const own = await identity()
      fingerprint = fingerprintOf(own.cert)
      door = await openDoor({
        ...opts,
        ...(talk ? { talk } : {}),
        app,
        files: await installable(await opts.files()),
        kept,
        pairing,
        identity: own,
        fingerprint,
        places,
        port: kept.port(),
        onMoved: () => show(),
      })
      await kept.keepPort(door.port)
      addresses = addressesOf(places(), door.port)
      set({ type: 'open' })
      await callOut(door.port)
      undoLook = clock.after(lookEveryMs, look)
    } catch (error) {
      await shut()
      set({ type: 'failed', message: failureOf(error) })
    }
  }

  async function callOut(port: number): Promise<void> {
    silence = await (opts.announce ?? announceByMdns)({ name: places().name, port }).catch(() => () => undefined)
  }

  /** A computer moves from network to network. */
  function look(): void {
    undoLook = clock.after(lookEveryMs, look)
    if (door === null) return
    const now = addressesOf(places(), door.port)
    if (now.join() === addresses.join()) return
    const isNew = addedAddresses(addresses, now)
    addresses = now
    show()
    if (isNew !== null && kept.devices().length > 0)
      events.emit('place', `Other devices find Parley at another address now: ${isNew}.`)
    silence()
    void callOut(door.port)
  }

  async function shut(): Promise<void> {
    undoLook()
    silence()
    silence = () => undefined
    pairing.stop()
    await door?.close()
    door = null
    addresses = []
  }

  function set(next: DoorState): void {
    state = next
    show()
  }

  return {
    view,
    onView: (listen) => events.on('view', listen),
    onPlace: (listen) => events.on('place', listen),
    attach: (served) => void (app = served),
    setOpen: (wanted) =>
      inTurn(async () => {
        if (wanted) return open()
        await shut()
        set({ type: 'closed' })
      }),
    beginPairing() {
      if (kept.isFull()) return false
      if (door !== null) pairing.begin()
      return true
    },
    endPairing: () => pairing.stop(),
    agree: (asking, rights) => pairing.agree(asking, rights),
    refuse: (asking) => pairing.refuse(asking),
    talker,
    talkHere: async () => opts.floor?.takeBack(null),
    async setRights(device, rights) {
      await kept.setRights(device, rights)
      door?.follow(device)
      show()
    },
    async revoke(device) {
      const gone = device === null ? kept.devices().map(({ id }) => id) : [device]
      await kept.remove(device)
      for (const id of gone) door?.follow(id)
      show()
    },
    async stop() {
      await inTurn(shut)
      await kept.settled()
    },
  }
}

function failureOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EACCES' || code === 'EPERM')
    return 'The system does not let Parley be reached from the network. Allow it in the firewall and try again.'
  return 'The door for other devices can’t be opened. Switch it off and on again; if it stays so, restart Parley.'
}
