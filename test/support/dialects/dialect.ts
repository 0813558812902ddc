// A server that speaks the Realtime protocol in its own way, as a stand-in: the modelled service with that server's habits, written
// from its documents and sources. No stand-in was ever compared with the real thing.
import type { VoiceConfig } from '../../../src/core/realtime/commands.ts'
import type { Habits, SentEvent } from '../service/habits.ts'

export const rows = [
  'connect',
  'voice turn',
  'key turn',
  'typed turn',
  'barge-in',
  'tool call',
  'cut and restore',
  'hand-over',
] as const

export type Row = (typeof rows)[number]

export interface Dialect {
  name: string
  /** Its habits, made anew for each line. */
  habits: () => Partial<Habits>
  config: Partial<VoiceConfig>
  /** What it can't do: the person is told a sentence with these words. */
  cannot?: Partial<Record<Row, RegExp>>
}

/** As a server is met of which nothing is known: nothing is sent that nobody chose. */
export const unknownServer: Partial<VoiceConfig> = { knowsMeaning: false, voice: null, transcription: null }

export type Told = readonly { event: SentEvent; afterMs?: number }[]

/** What a service of today's protocol says, by what a server says in its place. */
export function says(change: (event: SentEvent) => SentEvent | null): Habits['tamper'] {
  return (event) => {
    const said = change(event)
    return said === null ? [] : [{ event: said }]
  }
}

export function without(event: SentEvent, ...fields: readonly string[]): SentEvent {
  return Object.fromEntries(Object.entries(event).filter(([name]) => !fields.includes(name))) as SentEvent
}

/** A response as servers show it that give nothing back of what was asked for with it. */
export function withoutMetadata(event: SentEvent): SentEvent {
  const response = event['response'] as SentEvent | undefined
  return response ? { ...event, response: without(response, 'metadata', 'conversation_id') } : event
}
