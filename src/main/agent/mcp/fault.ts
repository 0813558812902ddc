// Why a server could not be started or reached, in a sentence for the person with the next step, and whether another try can
// mend it. Pure.
import { serverLimits } from '../../../core/agent/limits.ts'
import { plainWords } from '../../../core/agent/plain.ts'
import { hideKeys } from '../../../core/secrets.ts'
import type { McpServer } from '../../../core/settings.ts'

/** `next`: tried again by itself, only when the person says so, or after the person has signed in. */
export class StartFault extends Error {
  override readonly name = 'StartFault'
  readonly next: 'again' | 'person' | 'sign-in'
  readonly printed: readonly string[]
  constructor(message: string, next: StartFault['next'], printed: readonly string[], cause: unknown) {
    super(message, { cause })
    this.next = next
    this.printed = printed
  }
}

export interface StartSeen {
  server: McpServer
  startMs: number
  /** `exit code 1` of a program that has ended. */
  ended: string | null
  printed: readonly string[]
  isUnauthorized: boolean
}

export function startFault(error: unknown, seen: StartSeen): StartFault {
  const { server, ended, printed, isUnauthorized } = seen
  const fault = (message: string, next: StartFault['next'] = 'again'): StartFault =>
    new StartFault(message, next, printed, error)
  if (server.kind === 'http') {
    if (isUnauthorized) return fault('It wants to know who you are. Sign in, or set its header.', 'sign-in')
    return fault(reachWords(error, seen))
  }
  const code = codeOf(error)
  const command = plainWords(server.command, 60)
  if (code === 'ENOENT')
    return fault(`“${command}” was not found in the folders of PATH. Install it, or give its whole path.`, 'person')
  if (code === 'EACCES') return fault(`“${command}” may not be run (${code}).`, 'person')
  if (typeof code === 'string') return fault(`“${command}” can’t be started (${code}).`)
  if (ended !== null) return fault(`It ended before it was ready (${ended}).`)
  return fault(protocolWords(error, seen), isForeign(error) ? 'person' : 'again')
}

function reachWords(error: unknown, seen: StartSeen): string {
  const code = codeOf(error)
  if (typeof code === 'number' && code >= 100) return `The address answers with status ${code}.`
  const cause = error instanceof Error ? codeOf(error.cause) : undefined
  if (typeof cause === 'string') return `Nothing answers at its address (${cause}).`
  return protocolWords(error, seen)
}

function protocolWords(error: unknown, { startMs }: StartSeen): string {
  if (codeOf(error) === requestTimeout) return `It was not ready within ${startMs / 1_000} seconds.`
  if (isForeign(error)) return `It speaks a version of the protocol that Parley does not know. ${wordsOf(error)}`
  if (typeof codeOf(error) === 'number') return `It answered: ${wordsOf(error)}`
  return 'What it says is not the protocol of tool servers.'
}

function isForeign(error: unknown): boolean {
  return error instanceof Error && /protocol version is not supported/.test(error.message)
}

/** Of the protocol's package, when nothing came. */
const requestTimeout = -32001

/** What the other side said, as one plain line without what looks like a key. */
export function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const bare = text
    .replace(/^MCP error -?\d+: /, '')
    .replace(/^Streamable HTTP error: (?:Error POSTing to endpoint: )?/, '')
  return plainWords(hideKeys(bare.slice(0, 4 * serverLimits.descriptionCharacters)).text, 600)
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
