// What may be asked of the running app from a terminal: `parley say "…"`, `parley status`. Pure: arguments in, an order or a
// sentence out, and back as the line that goes over the socket.
import { z } from 'zod'

const orderSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('talk') }).strict(),
  z.object({ type: z.literal('say'), text: z.string().trim().min(1).max(8_000) }).strict(),
  z.object({ type: z.literal('stop') }).strict(),
  z.object({ type: z.literal('mute'), muted: z.boolean() }).strict(),
  z.object({ type: z.literal('show') }).strict(),
  z.object({ type: z.literal('status') }).strict(),
  z.object({ type: z.literal('quit') }).strict(),
])

export type Order = z.infer<typeof orderSchema>

/** What `status` answers; with `--json` it is printed as it is, with nothing that was said in it. */
export interface Status {
  version: string
  presence: string
  line: string
  mode: string
  /** Of talking by a name: what it listens for, and whether a conversation is open. */
  called?: { phrase: string; open: boolean }
  muted: boolean
  talking: string
  microphone: string
  speaker: string
  /** Tasks that are not over, and questions that wait for an answer in the window. */
  tasks: number
  approvals: number
}

export type OrderReply = { ok: true; said: string; status?: Status } | { ok: false; message: string }

export interface TerminalOrder {
  order: Order
  json: boolean
  /** Asked of nobody, it begins Parley. */
  begins: boolean
}

/** `usage`: it is an order, but can't be done as it was given. Null: none at all, an ordinary start. */
export type ReadOrder = ({ type: 'order' } & TerminalOrder) | { type: 'usage'; message: string } | null

export const orderUsage = `Usage: parley [talk | say "…" | stop | mute | unmute | show | status [--json] | quit]

  talk           begins to listen, or ends what it heard, as a tap of the talk key does
  say "…"        says these words in your place; they are answered aloud
  stop           silences the voice
  mute, unmute   the microphone
  show           the window
  status         what it is at; --json for programs
  quit           ends Parley

Exit codes: 0 done, 1 refused, 2 not understood, 3 Parley is not running (talk, say and show begin it).`

const plain: Readonly<Record<string, Order>> = {
  talk: { type: 'talk' },
  stop: { type: 'stop' },
  mute: { type: 'mute', muted: true },
  unmute: { type: 'mute', muted: false },
  show: { type: 'show' },
  status: { type: 'status' },
  quit: { type: 'quit' },
}

/** @param args what was given to Parley */
export function readTerminalOrder(args: readonly string[]): ReadOrder {
  const [name = '', ...rest] = args
  if (name === 'help') return { type: 'usage', message: orderUsage }
  if (name === 'say') return readSay(rest)
  const order = Object.hasOwn(plain, name) ? plain[name] : undefined
  if (order === undefined) return null
  const json = order.type === 'status' && rest.length === 1 && rest[0] === '--json'
  if (rest.length > 0 && !json) return { type: 'usage', message: `“${name}” takes nothing more. ${tryHelp}` }
  return { type: 'order', order, json, begins: order.type === 'talk' || order.type === 'show' }
}

const tryHelp = 'Try “parley help”.'

function readSay(words: readonly string[]): ReadOrder {
  const read = orderSchema.safeParse({ type: 'say', text: words.join(' ') })
  if (read.success) return { type: 'order', order: read.data, json: false, begins: true }
  const isEmpty = words.join(' ').trim() === ''
  const message = isEmpty
    ? `There are no words to say: parley say "What time is it?"`
    : 'Say at most 8,000 letters at once.'
  return { type: 'usage', message }
}

/** @returns null for a line that holds no order */
export function readOrderLine(line: string): Order | null {
  try {
    const read = orderSchema.safeParse(JSON.parse(line))
    return read.success ? read.data : null
  } catch {
    return null
  }
}

/** For people. */
export function statusWords(status: Status): string {
  const { presence, line, mode, called, muted, talking, microphone, speaker, tasks, approvals, version } = status
  const rows: [string, string][] = [
    ['Parley', `${version}, ${presence}`],
    ['line', line],
    [
      'talking',
      `${mode}${called ? (called.open ? ', open' : `, listening for “${called.phrase}”`) : ''}${talking === 'up' ? '' : `, ${talking}`}${muted ? ', muted' : ''}`,
    ],
    ['microphone', microphone],
    ['speaker', speaker],
    ['tasks', tasks === 0 ? 'none' : String(tasks)],
    ...(approvals > 0 ? [['waiting', `${approvals} for your answer in the window`] as [string, string]] : []),
  ]
  return rows.map(([name, value]) => `${name.padEnd(12)}${value}`).join('\n')
}
