// The desktop's own global shortcuts (org.freedesktop.portal.GlobalShortcuts), which on Wayland alone may hear keys outside a
// window, and tell their letting go too. What the edges mean is decided by whoever hears them.
import { Message, MessageType, sessionBus, Variant, type MessageBus } from '@jellybrick/dbus-next'
import { randomBytes } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import { createEmitter } from '../../core/emitter.ts'
import { readChord } from '../../core/turn/chord.ts'
import { appId, portalTrigger, readBound, readResponse } from './portal-words.ts'
import type { FromTalkKeyHost, TalkKeyProcess } from './talk-key-messages.ts'

const portalName = 'org.freedesktop.portal.Desktop'
const portalPath = '/org/freedesktop/portal/desktop'
const shortcutsInterface = 'org.freedesktop.portal.GlobalShortcuts'
const registryInterface = 'org.freedesktop.host.portal.Registry'
const busName = 'org.freedesktop.DBus'
const shortcut = 'talk'

/**
 * Listens from the first message that names the keys. It exits when the desktop has no such portal, when the person refuses,
 * and when the desktop ends it.
 * @param busAddress of the session bus; by itself the environment's
 */
export function startPortal(busAddress?: string): TalkKeyProcess {
  const events = createEmitter<{ message: FromTalkKeyHost; exit: undefined }>()
  let bus: MessageBus | null = null
  let ended = false

  function end(): void {
    if (ended) return
    ended = true
    // The portal ends the session of whoever leaves the bus.
    bus?.disconnect()
    events.emit('exit', undefined)
  }

  async function listen(keys: string): Promise<void> {
    const own = sessionBus(busAddress === undefined ? {} : { busAddress })
    bus = own
    // Not among the events that the library declares, and thrown when nobody listens.
    ;(own as EventEmitter).on('error', end)
    const session = await openSession(own)
    own.on('message', (message) => {
      const meaning = meaningOf(message, session)
      if (meaning === 'closed') end()
      else if (meaning !== null)
        events.emit('message', { type: 'edge', edge: meaning, handMs: Number(message.body[2]) })
    })
    events.emit('message', { type: 'bound', keys: await bind(own, session, keys) })
  }

  return {
    post: ({ keys }) => void listen(keys).catch(end),
    onMessage: (hear) => void events.on('message', hear),
    onExit: (hear) => void events.on('exit', hear),
    stop: end,
  }
}

interface Session {
  path: string
  /** The portal's own name on the bus: anybody may send a signal that looks like one of its. */
  owner: string
}

async function openSession(bus: MessageBus): Promise<Session> {
  for (const rule of [`sender='${portalName}'`, `member='NameOwnerChanged',arg0='${portalName}'`])
    await callBus(bus, 'AddMatch', `type='signal',${rule}`)
  // A desktop of before 2025 has no such register and asks for none; a newer one refuses whoever is not in it.
  await callPortal(bus, registryInterface, 'Register', 'sa{sv}', [appId, {}]).catch(() => undefined)
  const token = newToken()
  const results = await request(bus, 'CreateSession', 'a{sv}', (options) => [
    { ...options, session_handle_token: new Variant('s', token) },
  ])
  const handle = results['session_handle']
  const path = typeof handle === 'string' ? handle : `${portalPath}/session/${senderOf(bus)}/${token}`
  return { path, owner: String((await callBus(bus, 'GetNameOwner', portalName))?.body[0]) }
}

/** @returns the keys as the desktop calls them; the person may have chosen others there */
async function bind(bus: MessageBus, session: Session, keys: string): Promise<string> {
  const chord = readChord(keys)
  const details = {
    description: new Variant('s', 'Talk with Parley'),
    ...(chord ? { preferred_trigger: new Variant('s', portalTrigger(chord)) } : {}),
  }
  const results = await request(bus, 'BindShortcuts', 'oa(sa{sv})sa{sv}', (options) => [
    session.path,
    [[shortcut, details]],
    '',
    options,
  ])
  return readBound(results['shortcuts'], shortcut)
}

/** Calls a method that answers by a signal on an object of its own, whose path is known beforehand. */
async function request(
  bus: MessageBus,
  member: string,
  signature: string,
  body: (options: Record<string, Variant>) => unknown[],
): Promise<Record<string, unknown>> {
  const token = newToken()
  const path = `${portalPath}/request/${senderOf(bus)}/${token}`
  return new Promise((resolve, reject) => {
    const hear = (message: Message): void => {
      if (message.type !== MessageType.SIGNAL || message.path !== path || message.member !== 'Response') return
      bus.off('message', hear)
      const results = readResponse(message.body)
      if (results === null) reject(new Error(`The desktop refused ${member}.`))
      else resolve(results)
    }
    bus.on('message', hear)
    const options = { handle_token: new Variant('s', token) }
    callPortal(bus, shortcutsInterface, member, signature, body(options)).catch((error: unknown) => {
      bus.off('message', hear)
      reject(error instanceof Error ? error : new Error(String(error)))
    })
  })
}

function meaningOf(message: Message, session: Session): 'down' | 'up' | 'closed' | null {
  const { type, sender, member, body } = message
  if (type !== MessageType.SIGNAL) return null
  // The portal's service went away, and the session with it.
  if (sender === busName && member === 'NameOwnerChanged' && body[1] === session.owner) return 'closed'
  if (sender !== session.owner) return null
  if (message.path === session.path && member === 'Closed') return 'closed'
  if (message.interface !== shortcutsInterface || body[0] !== session.path || body[1] !== shortcut) return null
  switch (member) {
    case 'Activated':
      return 'down'
    case 'Deactivated':
      return 'up'
    default:
      return null
  }
}

function callPortal(bus: MessageBus, iface: string, member: string, signature: string, body: unknown[]) {
  const to = { destination: portalName, path: portalPath, interface: iface }
  return bus.call(new Message({ ...to, member, signature, body }))
}

function callBus(bus: MessageBus, member: string, argument: string) {
  const to = { destination: busName, path: '/org/freedesktop/DBus', interface: busName }
  return bus.call(new Message({ ...to, member, signature: 's', body: [argument] }))
}

/** Our name on the bus as the portal writes it into paths. */
function senderOf(bus: MessageBus): string {
  return (bus.name ?? '').slice(1).replaceAll('.', '_')
}

function newToken(): string {
  return `parley_${randomBytes(8).toString('hex')}`
}
