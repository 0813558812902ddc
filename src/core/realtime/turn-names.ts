// The names of the person's turns where a server has several for one, or none: what it hears may come without an id, and its
// commit, item and transcript each with another. Here a turn has one name, the first. Pure; a server that names things once passes
// through untouched.
import { Recent } from '../recent.ts'
import type { HeardEvent } from './wire-events.ts'

export interface TurnNames {
  /** Names that belong to something: a turn, or an item of ours or of the voice. */
  known: Recent<true>
  /** Other names of turns, and the turn. */
  others: Recent<string>
  /** The turn being spoken, to which the server gave no name. */
  unnamed: string | null
  /** Turns of which no item, and no words, have been told; the oldest first. */
  itemless: readonly string[]
  /** Turns that somebody was heard with, and nothing has told to be one. */
  heard: readonly string[]
  wordless: readonly string[]
  serial: number
}

export interface Named {
  names: TurnNames
  event: HeardEvent
  /** What goes before it and was never told: a turn of which only the words are. */
  untold: readonly HeardEvent[]
  /** What the turn goes by here, and the server's name of its item. */
  learnt: readonly [here: string, there: string] | null
}

const most = 1_024
const mostOpen = 16

export const noNames: TurnNames = {
  known: new Recent(most),
  others: new Recent(most),
  unnamed: null,
  itemless: [],
  heard: [],
  wordless: [],
  serial: 0,
}

/** An item of ours: whatever carries its id is it. */
export function ourName(names: TurnNames, id: string): TurnNames {
  return { ...names, known: names.known.with(id, true) }
}

/** @param awaitsCommit a commit of ours has no answer yet: words may be ahead of the turn that they are of */
export function nameTurns(names: TurnNames, event: HeardEvent, awaitsCommit: boolean): Named {
  switch (event.type) {
    case 'input_audio_buffer.speech_started': {
      if (event.item_id !== '') {
        const heard = names.heard.includes(event.item_id)
          ? names.heard
          : [...names.heard, event.item_id].slice(-mostOpen)
        return known(names.known.has(event.item_id) ? names : { ...names, heard }, event, event.item_id)
      }
      const serial = names.serial + 1
      const turn = `turn_${serial}`
      return {
        names: { ...names, serial, unnamed: turn, heard: [...names.heard, turn].slice(-mostOpen) },
        event: { ...event, item_id: turn },
        untold: [],
        learnt: null,
      }
    }
    case 'input_audio_buffer.speech_stopped':
      return event.item_id === '' && names.unnamed !== null
        ? { names, event: { ...event, item_id: names.unnamed }, untold: [], learnt: null }
        : { names, event, untold: [], learnt: null }
    case 'input_audio_buffer.committed':
      return commit(names, event)
    case 'conversation.item.added':
    case 'conversation.item.done':
      return item(names, event)
    case 'conversation.item.input_audio_transcription.delta':
    case 'conversation.item.input_audio_transcription.completed':
    case 'conversation.item.input_audio_transcription.failed':
      return words(names, event, awaitsCommit)
    case 'conversation.item.deleted':
    case 'conversation.item.truncated':
      return { names, event: { ...event, item_id: nameOf(names, event.item_id) }, untold: [], learnt: null }
    default:
      return { names, event, untold: [], learnt: null }
  }
}

type EventOf<Type extends HeardEvent['type']> = Extract<HeardEvent, { type: Type }>

const nameOf = (names: TurnNames, id: string): string => names.others.get(id) ?? id

function known(names: TurnNames, event: HeardEvent, id: string): Named {
  return { names: ourName(names, id), event, untold: [], learnt: null }
}

/** What a server put there for want of anything better is no name either. */
function previousOf(names: TurnNames, previous: string | null | undefined): { previous_item_id?: string | null } {
  return previous === undefined ? {} : { previous_item_id: previous === null ? null : nameOf(names, previous) }
}

function commit(names: TurnNames, event: EventOf<'input_audio_buffer.committed'>): Named {
  const { item_id: id } = event
  const turn = names.others.get(id) ?? (names.known.has(id) ? id : (names.unnamed ?? id))
  const next: TurnNames = {
    ...names,
    known: names.known.with(id, true),
    others: turn === id ? names.others : names.others.with(id, turn),
    unnamed: turn === names.unnamed ? null : names.unnamed,
    itemless: [...names.itemless, turn].slice(-mostOpen),
    heard: names.heard.filter((one) => one !== turn),
    wordless: [...names.wordless, turn].slice(-mostOpen),
  }
  const renamed = { ...event, item_id: turn, ...previousOf(names, event.previous_item_id) }
  return { names: next, event: renamed, untold: [], learnt: turn === id ? null : [turn, id] }
}

function item(names: TurnNames, event: EventOf<'conversation.item.added' | 'conversation.item.done'>): Named {
  const { id, type, role } = event.item
  const isTurn = type === 'message' && role === 'user'
  const turn =
    names.others.get(id) ?? (names.known.has(id) || !isTurn ? id : (names.unnamed ?? names.itemless[0] ?? id))
  const next: TurnNames = {
    ...names,
    known: names.known.with(id, true),
    others: turn === id ? names.others : names.others.with(id, turn),
    unnamed: isTurn && turn === names.unnamed ? null : names.unnamed,
    itemless: names.itemless.filter((one) => one !== turn),
    heard: names.heard.filter((one) => one !== turn),
    // An item may come without a commit.
    wordless:
      isTurn && !names.known.has(id) && turn === id ? [...names.wordless, turn].slice(-mostOpen) : names.wordless,
  }
  const renamed = { ...event, item: { ...event.item, id: turn }, ...previousOf(names, event.previous_item_id) }
  return { names: next, event: renamed, untold: [], learnt: turn === id ? null : [turn, id] }
}

function words(
  names: TurnNames,
  event: EventOf<
    | 'conversation.item.input_audio_transcription.delta'
    | 'conversation.item.input_audio_transcription.completed'
    | 'conversation.item.input_audio_transcription.failed'
  >,
  awaitsCommit: boolean,
): Named {
  const { item_id: id } = event
  const isFree = !names.known.has(id) && !awaitsCommit
  const turn = names.others.get(id) ?? (isFree ? (names.wordless[0] ?? names.unnamed ?? id) : id)
  const isLast = !event.type.endsWith('.delta')
  const next: TurnNames = {
    ...names,
    others: turn === id ? names.others : names.others.with(id, turn),
    wordless: isLast ? names.wordless.filter((one) => one !== turn) : names.wordless,
  }
  const isUntold = isLast && names.heard.includes(turn)
  const item: HeardEvent = {
    type: 'conversation.item.added',
    item: { id: turn, type: 'message', role: 'user', status: 'completed' },
  }
  const untold: readonly HeardEvent[] = [
    ...(isUntold ? [{ type: 'input_audio_buffer.committed', item_id: turn } as const] : []),
    // What has words is in the conversation, whatever its item will be called.
    ...(isLast && (isUntold || names.itemless.includes(turn)) ? [item] : []),
  ]
  const told: TurnNames = {
    ...next,
    heard: next.heard.filter((one) => one !== turn || !isUntold),
    unnamed: isUntold && names.unnamed === turn ? null : next.unnamed,
    itemless: isUntold ? [...next.itemless, turn].slice(-mostOpen) : next.itemless,
  }
  return { names: told, event: turn === id ? event : { ...event, item_id: turn }, untold, learnt: null }
}
