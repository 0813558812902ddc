// How the window reaches main: what Electron's preload exposes, or a WebSocket to the address that served the page.
import type { Bridge, Notice, Reply } from '../core/ipc.ts'

declare global {
  interface Window {
    parley?: Bridge
  }
}

/** A browser's line to main can break; Electron's can't. */
export interface Reach {
  bridge: Bridge
  /** Called with true when main can be asked (again: everything should be asked anew), with false when it is gone. */
  onReachable: (listen: (reachable: boolean) => void) => void
}

export function reachMain(): Reach {
  const { parley } = window
  if (parley) return { bridge: parley, onReachable: (listen) => listen(true) }
  return reachByWebSocket(takeToken())
}

const tokenKey = 'parley-token'

/** The token comes behind `#` and leaves the address at once; a reload finds it in the tab's own store. */
function takeToken(): string {
  const given = /token=([\w-]+)/.exec(location.hash)?.[1]
  if (given !== undefined) {
    sessionStorage.setItem(tokenKey, given)
    history.replaceState(null, '', location.pathname)
  }
  return given ?? sessionStorage.getItem(tokenKey) ?? ''
}

const retryEveryMs = 1_000
const gone: Reply<never> = {
  ok: false,
  error: { kind: 'failed', message: 'Parley does not answer. Is it still running in the terminal?' },
}

type Answered = { id: number; reply: Reply } | { notice: Notice }

function reachByWebSocket(token: string): Reach {
  const listeners = new Set<(notice: Notice) => void>()
  const waiting = new Map<number, (reply: Reply<never>) => void>()
  let socket: WebSocket | null = null
  let tell: (reachable: boolean) => void = () => undefined
  let asked = 0

  function connect(): void {
    const opening = new WebSocket(`ws://${location.host}/`, ['parley.1', `token.${token}`])
    opening.onopen = () => {
      socket = opening
      tell(true)
    }
    opening.onmessage = ({ data }) => {
      const said = JSON.parse(String(data)) as Answered
      if ('notice' in said) for (const listen of listeners) listen(said.notice)
      else {
        waiting.get(said.id)?.(said.reply as Reply<never>)
        waiting.delete(said.id)
      }
    }
    opening.onclose = () => {
      socket = null
      for (const settle of waiting.values()) settle(gone)
      waiting.clear()
      tell(false)
      setTimeout(connect, retryEveryMs)
    }
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
    onReachable(listen) {
      tell = listen
      connect()
    },
  }
}
