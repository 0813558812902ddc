// What an interruption tells the service, once the speaker is silent and says how far each item got.
import type { Change } from '../conversation/change.ts'
import type { ClientEventOf } from '../realtime/events.ts'
import { truncateItem } from '../realtime/commands.ts'
import { fewestMsFor, heardWords } from './heard.ts'

export interface SpokenItem {
  /** Words generated so far. */
  text: string
  /** Sound received so far, milliseconds. */
  receivedMs: number
  /** All its words have arrived. */
  complete: boolean
  /** The socket's session generated it, so the service can truncate it. */
  ofThisSession: boolean
}

export interface CutItem {
  item: string
  playedMs: number
}

export interface BargeIn {
  /** To be sent after the response was cancelled, so that no position is taken on a growing item. */
  send: ClientEventOf<'conversation.item.truncate'>[]
  changes: PlayedChange[]
}

export type PlayedChange = Extract<Change, { type: 'played' }>

/** @param cut what the speaker stopped, with the milliseconds played */
export function bargeIn(cut: readonly CutItem[], spoken: (item: string) => SpokenItem | undefined): BargeIn {
  const send: BargeIn['send'] = []
  const changes: PlayedChange[] = []
  for (const { item, playedMs } of cut) {
    const known = spoken(item)
    if (!known) continue
    // The service refuses a position beyond what it sent.
    const heardMs = Math.max(0, Math.min(Math.floor(playedMs), Math.floor(known.receivedMs)))
    if (known.ofThisSession) send.push(truncateItem(item, heardMs))
    changes.push({ type: 'played', turn: item, playedMs: heardMs, heard: heardOf(known, heardMs), cut: true })
  }
  return { send, changes }
}

/**
 * The words of an item that was played so far. Words run ahead of their sound: while more may come, they are taken to last at
 * least as long as fast speech would.
 */
export function heardOf({ text, receivedMs, complete }: SpokenItem, playedMs: number): string {
  return heardWords(text, playedMs, complete ? receivedMs : Math.max(receivedMs, fewestMsFor(text)))
}
