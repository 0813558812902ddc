// The door for other devices: the pairing page for everybody, the window and its contract for those who are paired, over TLS by
// listener/. Who may come in is kept.ts's and pairing.ts's business; what requests mean is the app's.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WebSocket } from 'ws'
import { openListener, type Entry, type ListenerLimits } from '../../listener/listener.ts'
import { networkFault } from '../../listener/names.ts'
import { mostRequestBytes } from '../../core/picture-requests.ts'
import { may } from '../../core/devices/rights.ts'
import type { OwnDevice } from '../../core/devices/view.ts'
import type { Notice } from '../../core/ipc.ts'
import type { Served } from './served.ts'
import type { Clock } from '../ports.ts'
import { cookieOf, dropCookie, setCookie } from './cookies.ts'
import type { WebFile } from './files.ts'
import { protocol, securityHeaders } from './gate.ts'
import type { Identity } from './identity.ts'
import type { KeptDevice, KeptLink } from './kept.ts'
import { closeCodes, serveDevice, type DeviceLine } from './line.ts'
import { createPace } from './pace.ts'
import { pairingHeaders, pairingPage, pairPath, type PageState } from './pairing-page.ts'
import { readForm } from './form.ts'
import { nameOf, type PairingCodes } from './pairing.ts'
import type { Places } from './places.ts'
import type { Talk } from './talk.ts'

export interface DoorOpts {
  app: Served
  /** The window's files, with what makes it installable. */
  files: ReadonlyMap<string, WebFile>
  kept: KeptLink
  pairing: PairingCodes
  identity: Identity
  fingerprint: string
  places: () => Places
  /** 0: any free one. */
  port: number
  clock: Clock
  onMoved: () => void
  /** Sound of devices that talk; absent: none does. */
  talk?: Talk
  limits?: Partial<ListenerLimits>
  pace?: typeof doorPace
}

export interface Door {
  port: number
  /** Ids of devices that have a line. */
  connected(): ReadonlySet<string>
  /** Its rights are others, or it has none any more: told, or cut at once. */
  follow(id: string): void
  close(): Promise<void>
}

const mostLines = 64
/** A phone and the same page once more. */
const mostLinesEach = 2
/** Of one address: a page is some ten files, and comes again when it was reloaded. */
export const doorPace = { burst: 120, perSecond: 20 }
/** Of one address, whatever it pairs: digits are not to be tried. */
const guessPace = { burst: 5, perSecond: 0.1 }

export async function openDoor(opts: DoorOpts): Promise<Door> {
  const { kept, pairing, clock } = opts
  const lines = new Set<DeviceLine>()
  const pace = createPace(clock, opts.pace ?? doorPace)
  const guesses = createPace(clock, guessPace)
  const listen = async (address: string, port: number) =>
    openListener({
      port,
      address,
      tls: opts.identity,
      nameFault: networkFault(() => opts.places().answersTo),
      paced: (from) => pace.take(from),
      limits: { frameBytes: mostRequestBytes, mostSockets: mostLines, ...opts.limits },
      enter,
      answer: (request, response) => void answerHttp(request, response).catch(() => request.socket.destroy()),
      refuse: (why, response) => void say(response, why === 'host' ? 421 : 403, 'This address is not served.'),
      protocolOf: () => protocol,
      ownUser: 'any',
    })
  const listenAt = (port: number) =>
    listen('::', port).catch((error: unknown) => {
      if (hasNoIpv6(error)) return listen('0.0.0.0', port)
      throw error
    })
  const listener = await listenAt(opts.port).catch((error: unknown) => {
    // The port of before is taken.
    if (opts.port !== 0) return listenAt(0)
    throw error
  })

  function say(response: ServerResponse, status: number, text: string): Promise<void> {
    response.setHeader('Connection', 'close')
    response.writeHead(status, { ...pairingHeaders, 'Content-Type': 'text/plain; charset=utf-8' }).end(text)
    return Promise.resolve()
  }

  function showPage(
    request: IncomingMessage,
    response: ServerResponse,
    state: PageState,
    status = 200,
    before?: { name: string; left: number },
  ): Promise<void> {
    const { 'accept-language': accepted, 'user-agent': agent } = request.headers
    response
      .writeHead(status, pairingHeaders)
      .end(
        request.method === 'HEAD'
          ? undefined
          : pairingPage({ state, fingerprint: opts.fingerprint, before, accepted, agent }),
      )
    return Promise.resolve()
  }

  function deviceOf(request: IncomingMessage): KeptDevice | null {
    const token = cookieOf(request, 'device')
    return token === null ? null : kept.find(token)
  }

  async function answerHttp(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!pace.take(request.socket.remoteAddress ?? '')) return say(response, 429, 'Too many requests; wait a moment.')
    const path = request.url ?? '/'
    const device = deviceOf(request)
    if (request.method === 'POST' && path === pairPath) return guess(request, response)
    if (request.method !== 'GET' && request.method !== 'HEAD') return say(response, 405, 'Only reading is allowed.')
    // Where the form was answered: whoever reloads that page is at the beginning again.
    if (path === pairPath) return void response.writeHead(303, { ...pairingHeaders, Location: '/' }).end()
    if (device !== null) return serveFile(device, path.split(/[?#]/)[0] ?? '/', request, response)
    if (path !== '/') return say(response, 404, 'There is nothing here.')
    const secret = cookieOf(request, 'asking')
    const wasPaired = cookieOf(request, 'device') !== null
    if (secret === null)
      return showPage(request, response, pairing.open() !== null ? 'open' : wasPaired ? 'revoked' : 'closed')
    const standing = pairing.standing(secret)
    if (standing.type === 'asking') return showPage(request, response, 'asking')
    response.setHeader('Set-Cookie', dropCookie('asking'))
    if (standing.type === 'unknown') return showPage(request, response, 'gone')
    pairing.settle(secret)
    const { token } = await kept.add(standing.name, standing.rights)
    response.setHeader('Set-Cookie', [dropCookie('asking'), setCookie('device', token)])
    opts.onMoved()
    response.writeHead(303, { ...pairingHeaders, Location: '/' }).end()
  }

  /** Only the page's own form: a browser says where it comes from. */
  async function guess(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.origin === undefined) return say(response, 403, 'Use the page’s own form.')
    // A form that stayed open in another page: the device is in, and is not paired twice.
    if (deviceOf(request) !== null)
      return void response.writeHead(303, { ...pairingHeaders, Location: '/', Connection: 'close' }).end()
    const from = request.socket.remoteAddress?.replace(/^::ffff:/i, '') ?? ''
    const form = await readForm(request)
    if (form === null) return say(response, 400, 'This form is not understood.')
    if (!guesses.take(from)) return showPage(request, response, 'often', 429)
    const found = pairing.guess({ digits: form.digits, name: form.name, from })
    if (found.type === 'closed') return showPage(request, response, 'closed', 403)
    if (found.type === 'wrong')
      return showPage(request, response, found.left === 0 ? 'locked' : 'wrong', 403, {
        name: nameOf(form.name),
        left: found.left,
      })
    response.setHeader('Set-Cookie', setCookie('asking', found.secret))
    response.writeHead(303, { ...pairingHeaders, Location: '/' }).end()
  }

  function serveFile(
    device: KeptDevice,
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const file = opts.files.get(path)
    if (!file) return say(response, 404, 'There is nothing here.')
    if (path === '/') {
      const token = cookieOf(request, 'device')
      if (token !== null) response.setHeader('Set-Cookie', setCookie('device', token))
      kept.seen(device.id)
    }
    response.writeHead(200, {
      ...securityHeaders(`wss://${request.headers.host ?? ''}`),
      'Permissions-Policy': 'camera=(), microphone=(self), geolocation=()',
      'Content-Type': file.type,
      'Content-Length': file.bytes.length,
    })
    response.end(request.method === 'HEAD' ? undefined : file.bytes)
    return Promise.resolve()
  }

  /** A browser always says the origin of a WebSocket. */
  function enter(request: IncomingMessage): Entry {
    const refused = (status: number, reason: string): Entry => ({ type: 'refused', status, reason })
    if (!pace.take(request.socket.remoteAddress ?? '')) return refused(429, 'Too Many Requests')
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
    const device = deviceOf(request)
    if (request.headers.origin === undefined || !offered.includes(protocol)) return refused(403, 'Forbidden')
    if (device === null) return refused(401, 'Unauthorized')
    return { type: 'admitted', serve: (socket, arrived) => serve(socket, arrived, device.id) }
  }

  function own(id: string): OwnDevice | null {
    const device = kept.devices().find((one) => one.id === id)
    return device ? { id, name: device.name, rights: device.rights } : null
  }

  function serve(socket: WebSocket, arrived: () => number, id: string): void {
    const others = [...lines].filter((line) => line.device === id)
    for (const line of others.slice(0, Math.max(0, others.length - mostLinesEach + 1)))
      line.cut(closeCodes.replaced, 'opened elsewhere')
    const line: DeviceLine = serveDevice({
      socket,
      arrived,
      id,
      device: () => own(id),
      app: opts.app,
      clock,
      onFrame: (frame) => opts.talk?.hear(line, frame),
      onSaid: (said) => opts.talk?.said(line, said),
      onFloor: (takes) => opts.talk?.floor(line, takes) ?? Promise.resolve(),
      onClosed() {
        lines.delete(line)
        opts.talk?.gone(line)
        kept.seen(id)
        opts.onMoved()
      },
    })
    lines.add(line)
    kept.seen(id)
    opts.onMoved()
  }

  const unhear = opts.app.hear((notice) => tellAll(notice))

  function tellAll(notice: Notice): void {
    let whole: string | null = null
    for (const line of lines) line.tell(notice, () => (whole ??= JSON.stringify({ notice })))
  }

  return {
    port: listener.port,
    connected: () => new Set([...lines].map(({ device }) => device)),
    follow(id) {
      const device = own(id)
      for (const line of [...lines].filter((one) => one.device === id)) {
        if (!may(device?.rights ?? [], 'talk')) opts.talk?.gone(line)
        if (device === null) line.cut(closeCodes.revoked, 'not paired any more')
        else line.send({ notice: { type: 'device', device } satisfies Notice })
      }
    },
    async close() {
      unhear()
      for (const line of lines) line.cut(closeCodes.closing, 'closed')
      await listener.close()
    },
  }
}

function hasNoIpv6(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EAFNOSUPPORT' || error.code === 'EADDRNOTAVAIL')
}
