// Commands that the service has not answered yet. An error is laid at the door of the command that it names; one without a
// name at that of the only command that it could be about, as soon as there is only one, else of none. Pure.
import { askedWithKey } from './commands.ts'
import type { ClientEvent } from './events.ts'
import type { HeardEvent, HeardEventOf } from './wire-events.ts'

export type Command =
  | { type: 'configure' }
  | { type: 'create'; item: string }
  | { type: 'delete'; item: string }
  | { type: 'truncate'; item: string }
  | { type: 'commit' }
  | { type: 'clear' }
  | { type: 'cancel' }
  | { type: 'ask' }

export type WireError = HeardEventOf<'error'>['error']

interface Sent {
  eventId: string
  command: Command
}

interface Nameless {
  error: WireError
  /** Commands that were under way when it came, and that it could be about. */
  among: readonly string[]
}

export interface Outstanding {
  sent: readonly Sent[]
  nameless: readonly Nameless[]
}

/** A command that was refused. */
export interface Refusal {
  eventId: string
  command: Command
  error: WireError
}

export interface OutstandingStep {
  outstanding: Outstanding
  refused: readonly Refusal[]
}

export const nothingSent: Outstanding = { sent: [], nameless: [] }

/** A server that answers nothing must not make it grow. */
const mostSent = 2_048
const mostNameless = 256

/** Sound is not kept: it is never answered one by one. */
export function commandOf(event: ClientEvent): Command | null {
  switch (event.type) {
    case 'session.update':
      return { type: 'configure' }
    case 'conversation.item.create':
      return { type: 'create', item: event.item.id ?? '' }
    case 'conversation.item.delete':
      return { type: 'delete', item: event.item_id }
    case 'conversation.item.truncate':
      return { type: 'truncate', item: event.item_id }
    case 'input_audio_buffer.commit':
      return { type: 'commit' }
    case 'input_audio_buffer.clear':
      return { type: 'clear' }
    case 'response.cancel':
      return { type: 'cancel' }
    case 'response.create':
      return { type: 'ask' }
    default:
      return null
  }
}

export function sendCommand(outstanding: Outstanding, eventId: string, command: Command): Outstanding {
  return { ...outstanding, sent: [...outstanding.sent, { eventId, command }].slice(-mostSent) }
}

/** What an event of the service says about commands that are under way. */
export function followCommands(outstanding: Outstanding, event: HeardEvent): OutstandingStep {
  if (event.type === 'error') return refuse(outstanding, event.error)
  const answered = answeredBy(event)
  if (answered === null) return { outstanding, refused: [] }
  const at = outstanding.sent.findIndex(({ command, eventId }) => answered(command, eventId))
  return at === -1 ? { outstanding, refused: [] } : lay({ ...outstanding, sent: outstanding.sent.toSpliced(at, 1) })
}

function answeredBy(event: HeardEvent): ((command: Command, eventId: string) => boolean) | null {
  switch (event.type) {
    case 'session.updated':
      return ({ type }) => type === 'configure'
    case 'conversation.item.added':
    case 'conversation.item.done':
      return (command) => command.type === 'create' && command.item === event.item.id
    case 'conversation.item.deleted':
      return (command) => command.type === 'delete' && command.item === event.item_id
    case 'conversation.item.truncated':
      return (command) => command.type === 'truncate' && command.item === event.item_id
    case 'input_audio_buffer.committed':
      return ({ type }) => type === 'commit'
    case 'input_audio_buffer.cleared':
      return ({ type }) => type === 'clear'
    case 'response.created': {
      const asked = event.response.metadata?.[askedWithKey]
      return ({ type }, eventId) => type === 'ask' && (asked === undefined || asked === eventId)
    }
    case 'response.done':
      return ({ type }) => type === 'cancel'
    default:
      return null
  }
}

function refuse(outstanding: Outstanding, error: WireError): OutstandingStep {
  const named = error.event_id ?? null
  if (named !== null) {
    const one = outstanding.sent.find(({ eventId }) => eventId === named)
    if (!one) return { outstanding, refused: [] }
    const step = lay(withoutCommand(outstanding, named))
    return { ...step, refused: [{ ...one, error }, ...step.refused] }
  }
  const among = outstanding.sent.filter(({ command }) => couldBeAbout(error, command)).map(({ eventId }) => eventId)
  if (among.length === 0) return { outstanding, refused: [] }
  return lay({ ...outstanding, nameless: [...outstanding.nameless, { error, among }].slice(-mostNameless) })
}

/** When as many commands are left as nameless errors that could be about them, the errors are theirs. */
function lay(before: Outstanding): OutstandingStep {
  const refused: Refusal[] = []
  let outstanding = dropMoot(before)
  for (;;) {
    const next = outstanding.nameless.find(({ among }) => {
      const rivals = outstanding.nameless.filter((other) => other.among.some((id) => among.includes(id)))
      return leftOf(outstanding, among).length <= rivals.length
    })
    const one = next && leftOf(outstanding, next.among)[0]
    if (!next || !one) return { outstanding, refused }
    refused.push({ ...one, error: next.error })
    const nameless = outstanding.nameless.filter((other) => other !== next)
    outstanding = dropMoot(withoutCommand({ ...outstanding, nameless }, one.eventId))
  }
}

/** All commands that it could be about were answered: it was about none of them. */
function dropMoot(outstanding: Outstanding): Outstanding {
  const nameless = outstanding.nameless.filter(({ among }) => leftOf(outstanding, among).length > 0)
  return nameless.length === outstanding.nameless.length ? outstanding : { ...outstanding, nameless }
}

function leftOf({ sent }: Outstanding, among: readonly string[]): readonly Sent[] {
  return sent.filter(({ eventId }) => among.includes(eventId))
}

function withoutCommand(outstanding: Outstanding, eventId: string): Outstanding {
  return { ...outstanding, sent: outstanding.sent.filter((one) => one.eventId !== eventId) }
}

/** By the service's codes, which name the kind of command; an error that says nothing of it could be about any. */
const kinds: readonly (readonly [hint: RegExp, types: readonly Command['type'][]])[] = [
  [/active_response|^response\b/, ['ask']],
  [/response_cancel/, ['cancel']],
  [/commit/, ['commit']],
  [/truncate/, ['truncate']],
  [/item_delete/, ['delete']],
  [/item_create|previous_item|^item\b/, ['create']],
  [/^session\b/, ['configure']],
]

function couldBeAbout(error: WireError, command: Command): boolean {
  const told = kinds.find(([hint]) => hint.test(error.code ?? '') || hint.test(error.param ?? ''))
  if (told) return told[1].includes(command.type)
  // The service's own failure refuses no words: their answer is still to come. These two can't go wrong by themselves.
  if (error.type === 'server_error') return command.type === 'ask'
  return command.type !== 'clear' && command.type !== 'cancel'
}
