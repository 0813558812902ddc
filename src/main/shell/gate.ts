// What stands between a window's message and the app: is the sender our own window's own page, is the message small and
// flat, does it come at a human pace. Whether its argument fits the contract is the app's check. Free of Electron.
import type { Reply } from '../../core/ipc.ts'
import { mostRequestBytes, requestsWithPictures } from '../../core/picture-requests.ts'
import type { Clock } from '../ports.ts'

export interface Sender {
  /** Id of the web contents. */
  contents: number
  isMainFrame: boolean
  /** The frame's address, empty when the frame is gone. */
  url: string
}

export const gateRules = {
  /** Long instructions have 16,000 characters of up to three bytes. */
  mostBytes: 65_536,
  /** The contract's arguments are objects of plain fields, settings hold one more object. */
  deepest: 4,
  burst: 100,
  perSecond: 50,
}

export const appScheme = 'app:'
export const appHost = 'parley'
export const appOrigin = `${appScheme}//${appHost}`

/** @param known ids of the windows' web contents */
export function isTrusted(sender: Sender, known: ReadonlySet<number>): boolean {
  return known.has(sender.contents) && sender.isMainFrame && originOf(sender.url) === appOrigin
}

/** `URL.origin` is "null" for schemes that it does not know. */
function originOf(url: string): string {
  try {
    const { protocol, host, username, password } = new URL(url)
    return username === '' && password === '' ? `${protocol}//${host}` : ''
  } catch {
    return ''
  }
}

const refused = (message: string): Reply => ({ ok: false, error: { kind: 'refused', message } })

export function createGate(opts: {
  clock: Clock
  answer: (name: unknown, argument: unknown) => Promise<Reply>
  known: ReadonlySet<number>
}): (sender: Sender, name: unknown, argument: unknown) => Promise<Reply> {
  const { clock, answer, known } = opts
  let tokens = gateRules.burst
  let countedMs = clock.monotonicMs()

  function hasToken(): boolean {
    const nowMs = clock.monotonicMs()
    tokens = Math.min(gateRules.burst, tokens + ((nowMs - countedMs) * gateRules.perSecond) / 1_000)
    countedMs = nowMs
    if (tokens < 1) return false
    tokens -= 1
    return true
  }

  return async (sender, name, argument) => {
    // Before anything is counted: a stranger must not use up the window's tokens.
    if (!isTrusted(sender, known)) return refused('This page may not talk to Parley.')
    if (!hasToken()) return refused('Too many requests at once; wait a moment.')
    if (!fits(name) || !fits(argument, mostBytesOf(name))) return refused('This is too much for one request.')
    return answer(name, argument)
  }
}

/** Characters count as three bytes each; those of pictures are one. */
export const mostBytesOf = (name: unknown): number =>
  requestsWithPictures.has(name) ? 3 * mostRequestBytes : gateRules.mostBytes

/** Whether a structured clone is plain, flat and small enough; stops looking as soon as it is not. */
export function fits(value: unknown, mostBytes = gateRules.mostBytes): boolean {
  let bytes = 0
  const walk = (part: unknown, depth: number): boolean => {
    bytes += 8
    if (typeof part === 'string') bytes += part.length * 3
    if (bytes > mostBytes) return false
    if (typeof part !== 'object' || part === null) return typeof part !== 'bigint'
    if (depth >= gateRules.deepest) return false
    const prototype: unknown = Object.getPrototypeOf(part)
    // The length of an array with holes says nothing of its bytes, and walking it would take forever.
    if (Array.isArray(part)) return part.length < gateRules.mostBytes && part.every((each) => walk(each, depth + 1))
    if (prototype !== Object.prototype && prototype !== null) return false
    return Object.entries(part).every(([key, each]) => walk(key, depth + 1) && walk(each, depth + 1))
  }
  return walk(value, 0)
}
