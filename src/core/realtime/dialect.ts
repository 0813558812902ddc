// What an endpoint was found to do otherwise than the protocol's own service: learnt from what it does, kept for its next session.
// Pure; who learns it is main/call, who keeps it main/dialects.ts.
import { checksum } from '../store/crc32.ts'
import { toBytes } from '../store/utf8.ts'
import type { ClientEventOf, WireItem } from './events.ts'
import type { HeardError, HeardEvent } from './wire-events.ts'

export interface Dialect {
  leftOut: readonly LeftOut[]
  /** It tells when it has taken the settings; false: nothing comes. */
  confirms: boolean
  /** It answers a turn that was committed by itself; null: that has not been seen yet. */
  answersCommits: boolean | null
  /** It takes items of the voice (its words, its calls) when a session is restored. */
  takesVoice: boolean
  /** It takes pictures; false: it refused one for being a picture. */
  takesPictures: boolean
}

/** A field of the session that it refused. */
export interface LeftOut {
  /** As it names it: `audio.input.noise_reduction`. */
  field: string
  /** The checksum of what was asked for there: with anything else it is tried again. */
  value: string
}

/** @param isKnown a service of which it is known that it does as the protocol says */
export function plainDialect(isKnown: boolean): Dialect {
  return { leftOut: [], confirms: true, answersCommits: isKnown ? false : null, takesVoice: true, takesPictures: true }
}

type Settings = ClientEventOf<'session.update'>

/** Without these it is no voice session any more. */
const needed: ReadonlySet<string> = new Set(['', 'type', 'audio', 'instructions'])

/** @returns the field of the session that the error refuses; null when it names none that can be left out */
export function refusedField(error: HeardError, settings: Settings): string | null {
  const named = [error.param ?? '', ...(error.message.match(/session(?:\.\w+)+/g) ?? [])]
  for (const name of named) {
    const path = name.replace(/^session\.?/, '')
    if (!needed.has(path) && hasField(settings.session, path.split('.'))) return path
  }
  return null
}

/** The field that was refused, as it is remembered. */
export function leftOutOf(settings: Settings, field: string): LeftOut {
  const value = field
    .split('.')
    .reduce((node: unknown, name) => (node as Record<string, unknown>)[name], settings.session)
  return { field, value: checksum(toBytes(JSON.stringify(value))) }
}

export function withoutFields(settings: Settings, leftOut: readonly LeftOut[]): Settings {
  return leftOut.reduce((rest, { field, value }) => {
    const path = field.split('.')
    if (!hasField(rest.session, path) || leftOutOf(rest, field).value !== value) return rest
    return { ...rest, session: without(rest.session, path) }
  }, settings)
}

export function withLeftOut(dialect: Dialect, one: LeftOut): Pick<Dialect, 'leftOut'> {
  return { leftOut: [...dialect.leftOut.filter(({ field }) => field !== one.field), one].slice(-mostLeftOut) }
}

/** More fields than a session has. */
export const mostLeftOut = 64

function hasField(node: unknown, [first = '', ...rest]: readonly string[]): boolean {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, first)) return false
  return rest.length === 0 || hasField((node as Record<string, unknown>)[first], rest)
}

function without<Node>(node: Node, [first = '', ...rest]: readonly string[]): Node {
  if (!hasField(node, [first])) return node
  const fields = Object.entries(node as object).flatMap(([name, value]: [string, unknown]) => {
    if (name !== first) return [[name, value] as const]
    return rest.length === 0 ? [] : [[name, without(value, rest)] as const]
  })
  return Object.fromEntries(fields) as Node
}

export const voiceUntaken = 'This server takes no words of the voice.'

/** Its words, its calls and what is noted for it, which some servers don't take from a client. */
export function isOfVoice(item: WireItem | null): boolean {
  return item?.type === 'function_call' || (item?.type === 'message' && item.role !== 'user')
}

/** The server does by now what it was known not to do. @param isRestoring what it takes is what it was given */
export function contradicted(
  { confirms, takesVoice }: Dialect,
  event: HeardEvent,
  isRestoring: boolean,
): Partial<Dialect> | null {
  if (event.type === 'session.updated' && !confirms) return { confirms: true }
  if (takesVoice || !isRestoring || event.type !== 'conversation.item.added') return null
  const { type, role } = event.item
  return type === 'function_call' || (type === 'message' && role === 'assistant') ? { takesVoice: true } : null
}

export const picturesUntaken = 'This server takes no pictures. Your words are kept; say them without the picture.'

const pictureRefused =
  'The service did not take the picture. Your words are kept; say them without it, or with another.'

export function picturesRefused(why: 'untaken' | 'refused'): string {
  return why === 'untaken' ? picturesUntaken : pictureRefused
}

/** The item was refused for having a picture at all, not for what is wrong with that picture. */
export function refusesPictures({ code, param, message }: Pick<HeardError, 'code' | 'param' | 'message'>): boolean {
  const isOfKind = /\.type$/.test(param ?? '') || /input_image|supported values|not support|unsupported/i.test(message)
  return isOfKind && !/^(?:invalid_image|image_)/.test(code ?? '')
}
