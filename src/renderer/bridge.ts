// How the window reaches main: what Electron's preload exposes, or a WebSocket to the address that served the page.
import type { Bridge, Notice, Reply } from '../core/ipc.ts'
import { languageFor } from '../core/language/language.ts'

declare global {
  interface Window {
    parley?: Bridge
  }
}

/** A browser's line to main can break; Electron's can't. */
export interface Reach {
  bridge: Bridge
  /** `reached`: main can be asked (again: everything should be asked anew). `elsewhere`: newer pages took this one’s line for good. */
  onReach: (listen: (how: 'reached' | 'lost' | 'elsewhere' | 'uninvited') => void) => void
  /** Sound beside the contract, of another device. */
  sound?: SoundLine
}

export interface SoundLine {
  send: (frame: Int16Array) => void
  say: (said: unknown) => void
  /** What main sends while this device holds the floor. */
  hear: (listen: { bytes: (bytes: ArrayBuffer) => void; said: (said: unknown) => void }) => void
}

export function reachMain(): Reach {
  const { parley } = window
  if (parley) return { bridge: parley, onReach: (listen) => listen('reached') }
  // Another device comes by TLS, and its cookie says who it is.
  return location.protocol === 'https:' ? reachByWebSocket(pairedWay) : reachByWebSocket(invitedWay(takeToken()))
}

const tokenKey = 'parley-token'

/** The code leaves the address at once and is exchanged; a reload finds the token in the tab's own store. Null: not invited. */
async function takeToken(): Promise<string | null> {
  const code = /code=([\w-]+)/.exec(location.hash)?.[1]
  if (code === undefined) return sessionStorage.getItem(tokenKey)
  history.replaceState(null, '', location.pathname)
  const answer = await fetch('/enter', { method: 'POST', headers: { 'x-parley-code': code } }).catch(() => null)
  if (!answer?.ok) return sessionStorage.getItem(tokenKey)
  const token = await answer.text()
  sessionStorage.setItem(tokenKey, token)
  return token
}

/** How a socket to main is opened, and what becomes of one that could not be. */
interface Way {
  /** Null: this page may not. */
  open: () => Promise<(() => WebSocket) | null>
  /** Main says now and then that it is there; whatever is silent for longer is dead. Null: a broken line is told at once. */
  silentMs: number | null
  /** What becomes of a line that ended; `lost`: it is tried again. */
  closed: (code: number, wasOpen: boolean) => 'lost' | 'elsewhere' | 'over'
  /** What is answered where there is no line. */
  gone: 'window.gone' | 'trouble.lostThere'
}

const protocol = 'parley.1'

function invitedWay(given: Promise<string | null>): Way {
  return {
    async open() {
      const token = await given
      return token === null ? null : () => new WebSocket(`ws://${location.host}/`, [protocol, `token.${token}`])
    },
    silentMs: null,
    closed: () => 'lost',
    gone: 'window.gone',
  }
}

/** As main closes it (main/link/line.ts): not paired any more, or opened in a third place. */
const codes = { revoked: 4_001, replaced: 4_002 }

const pairedWay: Way = {
  open: () => Promise.resolve(() => new WebSocket(`wss://${location.host}/`, [protocol])),
  silentMs: 12_000,
  closed(code, wasOpen) {
    if (code === codes.revoked) location.reload()
    // A refused handshake says no status; whoever is not paired finds nothing at this address.
    else if (!wasOpen)
      void fetch('/manifest.webmanifest', { method: 'HEAD' }).then(
        ({ status }) => status === 404 && location.reload(),
        () => undefined,
      )
    return code === codes.revoked ? 'over' : code === codes.replaced ? 'elsewhere' : 'lost'
  },
  gone: 'trouble.lostThere',
}

const retryEveryMs = 1_000
const lookEveryMs = 2_000
type Answered = { id: number; reply: Reply } | { notice: Notice } | { beat: true } | { sound: unknown }
/** Of an answer that is large (main/link/parts.ts). */
type Part = { part: string; more: boolean }

function reachByWebSocket(way: Way): Reach {
  const gone: Reply<never> = {
    ok: false,
    error: { kind: 'failed', message: languageFor('en', []).say(way.gone) },
  }
  const listeners = new Set<(notice: Notice) => void>()
  const waiting = new Map<number, (reply: Reply<never>) => void>()
  let socket: WebSocket | null = null
  let tell: (how: 'reached' | 'lost' | 'elsewhere') => void = () => undefined
  let asked = 0
  let heardMs = 0
  let heard: Parameters<SoundLine['hear']>[0] | null = null

  function connect(open: () => WebSocket): void {
    const opening = open()
    const page = document
    let wasOpen = false
    let isOver = false
    let before = ''
    heardMs = Date.now()
    opening.binaryType = 'arraybuffer'
    opening.onopen = () => {
      wasOpen = true
      socket = opening
      tell('reached')
    }
    opening.onmessage = ({ data }) => {
      if (isOver) return
      heardMs = Date.now()
      if (data instanceof ArrayBuffer) return heard?.bytes(data)
      const said = whole(JSON.parse(String(data)) as Answered | Part)
      if (said === null) return
      if ('notice' in said) for (const listen of listeners) listen(said.notice)
      else if ('sound' in said) heard?.said(said.sound)
      else if ('id' in said) {
        waiting.get(said.id)?.(said.reply as Reply<never>)
        waiting.delete(said.id)
      }
    }
    opening.onclose = ({ code }) => end(code)

    /** Null: there is more to come. */
    function whole(said: Answered | Part): Answered | null {
      if (!('part' in said)) return said
      opening.send('{"got":1}')
      before += said.part
      if (said.more) return null
      const all = JSON.parse(before) as Answered
      before = ''
      return all
    }

    function end(code: number): void {
      if (isOver) return
      isOver = true
      clearInterval(looking)
      page.removeEventListener('visibilitychange', look)
      socket = null
      for (const settle of waiting.values()) settle(gone)
      waiting.clear()
      const now = way.closed(code, wasOpen)
      tell(now === 'elsewhere' ? 'elsewhere' : 'lost')
      if (now === 'lost') setTimeout(() => connect(open), retryEveryMs)
    }

    // The close of a dead line is never answered: it is left behind, and a new one is opened.
    function look(): void {
      if (way.silentMs === null || page.hidden || Math.abs(Date.now() - heardMs) < way.silentMs) return
      opening.close()
      end(1006)
    }
    const looking = setInterval(look, lookEveryMs)
    page.addEventListener('visibilitychange', look)
  }

  return {
    bridge: {
      ask(name, argument) {
        const line = socket
        if (line === null) return Promise.resolve(gone)
        return new Promise((resolve) => {
          asked += 1
          waiting.set(asked, resolve)
          line.send(JSON.stringify({ id: asked, name, argument }))
        })
      },
      hear(listen) {
        listeners.add(listen)
        return () => listeners.delete(listen)
      },
    },
    sound: {
      send: (frame) => socket?.send(Int16Array.from(frame)),
      say: (sound) => socket?.send(JSON.stringify({ sound })),
      hear: (listen) => void (heard = listen),
    },
    onReach(listen) {
      tell = listen
      void way.open().then((open) => (open === null ? listen('uninvited') : connect(open)))
    },
  }
}
