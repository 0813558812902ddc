// What a message may be given, read from its own English text, so that a forgotten or a wrong value is an error of types.
import type { english } from './english/catalogue.ts'

/** Every name that a message may use for a value, and what it takes there. A message names no other ones. */
export interface Values {
  count: number
  total: number
  more: number
  items: number
  sessions: number
  attempts: number
  refused: number
  percent: number
  /** Text that is put in as it is. */
  name: string
  words: string
  time: string
  span: string
  amount: string
  place: string
  /** `microphone` or `speaker`. */
  part: string
  keys: string
  cause: string
  state: string
  version: string
}

export type English = typeof english
export type Key = keyof English

/** A language's texts: each has the key of an English one, and none is missing. */
export type Catalogue = Readonly<Record<Key, string>>
/** A part of one, by the English part that it translates. */
export type Translated<Part> = { readonly [Name in keyof Part]: string }

export type ValuesOf<Message extends string> = {
  [
    Name in keyof Values as Message extends `${string}{${Name}}${string}` | `${string}{${Name},${string}` ? Name : never
  ]: Values[Name]
}

type Given<Message extends string> = [keyof ValuesOf<Message>] extends [never] ? [] : [values: ValuesOf<Message>]

/** The text of a message in its language. */
export type Say = <Name extends Key>(key: Name, ...values: Given<English[Name]>) => string

/** What words a text: its own messages, and what main says in English. */
export interface Words {
  say: Say
  told: (text: string) => string
}
