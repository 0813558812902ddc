// What main says to the person about a call of a tool, as the key of a text and what is put into it, so that each window words it
// in its own language and nothing that is put in is ever read as a text. Pure.
import type { English, Key, ValuesOf } from './messages.ts'

export type WordingKey = Extract<Key, `ask.${string}` | `step.${string}` | `fact.is.${string}`>

/** A point in time, wall clock in milliseconds, is written as the person's country writes it. */
export type WordingValue = string | number | { atMs: number }

export interface Wording {
  key: WordingKey
  values: Readonly<Record<string, WordingValue>>
}

type Given<Message extends string> = {
  [Name in keyof ValuesOf<Message>]: Name extends 'time' ? { atMs: number } : ValuesOf<Message>[Name]
}
type Rest<Message extends string> = [keyof ValuesOf<Message>] extends [never] ? [] : [values: Given<Message>]

export function wording<Name extends WordingKey>(key: Name, ...[values]: Rest<English[Name]>): Wording {
  return { key, values: (values ?? {}) as Wording['values'] }
}

/** @param textOf of each text that is put in */
export function withTexts({ key, values }: Wording, textOf: (text: string) => string): Wording {
  return {
    key,
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? textOf(value) : value]),
    ),
  }
}
