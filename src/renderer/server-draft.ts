// A server of tools as it is typed into the fields, and what becomes of it. Pure.
import type { Say } from '../core/language/messages.ts'
import type { McpServer } from '../core/settings.ts'

export interface ServerDraft {
  kind: McpServer['kind']
  name: string
  /** The command with its arguments, or the address. */
  line: string
}

export const emptyServer: ServerDraft = { kind: 'stdio', name: '', line: '' }

const namePattern = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,22}[A-Za-z0-9])?$/

/** What is wrong with it in one sentence, null when it can be used. */
export function serverFault({ name, line, kind }: ServerDraft, taken: readonly McpServer[], say: Say): string | null {
  if (name === '' || line.trim() === '') return say('servers.fault.empty')
  if (!namePattern.test(name)) return say('servers.fault.name')
  if (taken.some((server) => server.name === name)) return say('servers.fault.taken')
  if (kind === 'http' && !/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(line.trim())) return say('servers.fault.address')
  if (kind === 'stdio' && wordsOf(line) === null) return say('servers.fault.quote')
  return null
}

/** Only of one without a fault. */
export function serverOf({ kind, name, line }: ServerDraft): McpServer {
  if (kind === 'http') return { kind, name, url: line.trim(), trustsHints: false }
  const [command = '', ...args] = wordsOf(line) ?? []
  return { kind, name, command, args, passEnv: [], trustsHints: false }
}

/** A server's command or address as one line. */
export function serverLine(server: McpServer): string {
  if (server.kind === 'http') return server.url
  return [server.command, ...server.args]
    .map((word) => (/[\s"]/.test(word) || word === '' ? `"${word}"` : word))
    .join(' ')
}

/** Words parted by spaces; what stands in quotation marks is one. No shell reads it. Null when a mark is not closed. */
function wordsOf(line: string): string[] | null {
  if (line.replace(/"[^"]*"|'[^']*'/g, '').match(/["']/)) return null
  return [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  )
}
