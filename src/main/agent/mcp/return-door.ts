// The door on this computer through which a browser comes back from a sign-in, open only for as long as that takes. It takes one
// answer, and only the one that carries the mark of the sign-in that was begun.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { plainWords } from '../../../core/agent/plain.ts'
import { languageFor } from '../../../core/language/language.ts'
import { openListener, type ListenerOpts } from '../../../listener/listener.ts'
import { loopbackFault } from '../../../listener/names.ts'

export interface ReturnDoor {
  /** The whole address that the browser is sent back to. */
  redirect: string
  /** Rejects with a sentence when the sign-in was refused, or was given up. */
  code: Promise<string>
  giveUp(why: string): void
  close(): Promise<void>
}

const path = '/signed-in'

/** @param port wished for; 0 for any, which it also is when that one is taken */
export async function openReturnDoor({ state, port }: { state: string; port: number }): Promise<ReturnDoor> {
  let take: (code: string) => void = () => undefined
  let giveUp: (why: string) => void = () => undefined
  const code = new Promise<string>((resolve, reject) => {
    take = resolve
    giveUp = (why) => reject(new Error(why))
  })
  code.catch(() => undefined)

  function answer({ method, url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const asked = new URL(url, 'http://127.0.0.1')
    const given = asked.searchParams
    const language = languageFor('system', wanted(headers['accept-language']))
    if (method !== 'GET' || asked.pathname !== path || !isSame(given.get('state') ?? '', state))
      return say(response, 404, 'There is nothing here.')
    const found = given.get('code')
    if (found !== null) {
      take(found)
      return say(response, 200, 'You are signed in. Parley goes on; this page can be closed.', language)
    }
    const why = given.get('error_description') ?? given.get('error') ?? 'no reason was given'
    giveUp(`The sign-in was refused: ${plainWords(why, 200)}.`)
    say(response, 200, 'The sign-in was refused. Parley says more; this page can be closed.', language)
  }

  const opts: Omit<ListenerOpts, 'port'> = {
    nameFault: loopbackFault({ ownPortOnly: true, origins: () => [] }),
    limits: { mostSockets: 0, frameBytes: 1, mostWaiting: 16 },
    enter: () => ({ type: 'refused', status: 404, reason: 'Not Found' }),
    answer,
    refuse: (_why, response) => say(response, 403, 'This is not for you.'),
    protocolOf: () => false,
  }
  const listener = await openListener({ ...opts, port }).catch(() => openListener({ ...opts, port: 0 }))
  return { redirect: `http://127.0.0.1:${listener.port}${path}`, code, giveUp, close: () => listener.close() }
}

/** The languages that a browser asks for, the most wanted first. */
function wanted(header = ''): string[] {
  return header
    .slice(0, 200)
    .split(',')
    .map((one) => one.split(';')[0]?.trim() ?? '')
}

function say(response: ServerResponse, status: number, words: string, { code, told } = languageFor('en', [])): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  })
  response.end(`<!doctype html><html lang="${code}"><title>Parley</title><p>${told(words)}</p>`)
}

function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
