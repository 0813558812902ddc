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
  /** `reached`: main can be asked (again: everything should be asked anew). */
  onReach: (listen: (how: 'reached' | 'lost' | 'uninvited') => void) => void
}

export function reachMain(): Reach {
  const { parley } = window
  if (parley) return { bridge: parley, onReach: (listen) => listen('reached') }
  return reachByWebSocket(takeToken())
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

const retryEveryMs = 1_000
const gone: Reply<never> = {
  ok: false,
  error: { kind: 'failed', message: languageFor('en', []).say('window.gone') },
}

type Answered = { id: number; reply: Reply } | { notice: Notice }

function reachByWebSocket(given: Promise<string | null>): Reach {
  const listeners = new Set<(notice: Notice) => void>()
  const waiting = new Map<number, (reply: Reply<never>) => void>()
  let socket: WebSocket | null = null
  let tell: (how: 'reached' | 'lost') => void = () => undefined
  let asked = 0

  function connect(token: string): void {
    const opening = new WebSocket(`ws://${location.host}/`, ['parley.1', `token.${token}`])
    opening.onopen = () => {
      socket = opening
      tell('reached')
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
      tell('lost')
      setTimeout(() => connect(token), retryEveryMs)
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
    onReach(listen) {
      tell = listen
      void given.then((token) => (token === null ? listen('uninvited') : connect(token)))
    },
  }
}
