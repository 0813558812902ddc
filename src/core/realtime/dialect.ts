// What an endpoint was found to do otherwise than the protocol's own service: learnt from what it does, kept for its next session.
// Pure; who learns it is main/call.
import type { ClientEventOf, WireItem } from './events.ts'
import type { HeardError } from './wire-events.ts'

export interface Dialect {
  /** Fields of the session that it refuses, as it names them: `audio.input.noise_reduction`. */
  leftOut: readonly string[]
  /** It tells when it has taken the settings; false: nothing comes. */
  confirms: boolean
  /** It answers a turn that was committed by itself; null: that has not been seen yet. */
  answersCommits: boolean | null
  /** It takes items of the voice (its words, its calls) when a session is restored. */
  takesVoice: boolean
  /** It takes pictures; false: it refused one for being a picture. */
  takesPictures: boolean
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

export function withoutFields(settings: Settings, paths: readonly string[]): Settings {
  return paths.reduce((rest, path) => ({ ...rest, session: without(rest.session, path.split('.')) }), settings)
}

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
