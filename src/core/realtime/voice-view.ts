// What a voice socket's session is known to be doing: who speaks, which words are still to come, which response is in
// flight. One view per socket, so that nothing of an old session can be mistaken for the new one's. Pure and bounded;
// what events mean is interpret.ts.
import type { Change } from '../conversation/change.ts'
import { Recent } from '../recent.ts'
import type { HeardItem } from './wire-events.ts'
import { interruptResponse, noResponse, type InFlight } from './responses.ts'

export interface SpeakingItem {
  /** Empty where the service did not say. */
  response: string
  text: string
  /** Sound taken by the speaker, milliseconds. */
  receivedMs: number
  /** All its words have arrived. */
  complete: boolean
}

export interface VoiceView {
  flight: InFlight
  /** The item that will hold what the person is saying now. */
  hearing: string | null
  /** What was said and is not yet an item: the service is about to make a turn of it. */
  committing: string | null
  /** Something else is heard by now, and nothing has told that this became an item; whatever names it does. */
  overdue: string | null
  /** Words of the person's turns whose final transcript has not come. */
  reading: ReadonlyMap<string, string>
  /** The model that reads them, as it was named to the service; null where none was. */
  reader: string | null
  /** Items whose reading has been paid for: told once more, it costs nothing. */
  readFor: readonly string[]
  /** Final words that came before their turn; null for a turn that has none. */
  early: ReadonlyMap<string, { text: string } | { reason: string }>
  /** The voice's items of this session, the newest of them. */
  speaking: Recent<SpeakingItem>
  /** Responses that were interrupted or are none of the conversation's: what arrives of them is not played. */
  silenced: readonly string[]
  /** Responses that another one has overtaken before their end was told. */
  late: readonly string[]
  /** Responses that are over: told once more, their end changes nothing. */
  ended: readonly string[]
  /** Items that have their turn already: restored, typed, or started before. */
  known: Recent<true>
  /** Items that we delete from the session: that they are gone is no news of the conversation's. */
  withdrawn: Recent<true>
  /** The turn that items follow which are none themselves: calls, their outputs, what was put in between. */
  calls: Recent<string | null>
  /** The service has taken a turn and is about to begin a response to it by itself. */
  isDue: boolean
  /** That response is not wanted: what it would answer was no turn but a back-channel. */
  isSpurned: boolean
  /** Whether somebody speaks over the voice is judged on this side; the service only tells that it hears somebody. */
  isJudgedHere: boolean
  /** The service tells with which request a response was asked for. */
  tellsAsked: boolean
  /** Functions that the response in flight has asked for whole; whoever tells its end tells them again. */
  asked: ReadonlyMap<string, AskedItem>
  /** The item at the end of what the session has; null where that is not known. */
  newest: string | null
  /** The turn that a new one follows at the end of the session, or when the service does not say. */
  last: string | null
}

export interface AskedItem {
  response: string
  item: HeardItem
}

/** A session lives for an hour on the service, but a server of one's own may let it live for days. */
const most = { silenced: 16, ended: 64, speaking: 64, reading: 64, known: 1_024 }

export function beginView(known: Iterable<string>, last: string | null): VoiceView {
  return {
    flight: noResponse,
    hearing: null,
    committing: null,
    overdue: null,
    reading: new Map(),
    reader: null,
    readFor: [],
    early: new Map(),
    speaking: new Recent(most.speaking),
    silenced: [],
    late: [],
    ended: [],
    known: [...known].reduce((all, item) => all.with(item, true), new Recent<true>(most.known)),
    withdrawn: new Recent(most.known),
    calls: new Recent(most.known),
    isDue: false,
    isSpurned: false,
    isJudgedHere: false,
    tellsAsked: false,
    asked: new Map(),
    newest: null,
    last,
  }
}

/** `item` has its turn behind `after`; where that was the newest, the next turn follows this one. */
export function know(view: VoiceView, item: string, after: string | null): VoiceView {
  const next = hold(view, item)
  return after === view.last ? { ...next, last: item } : next
}

/** The session has `item`, which is no turn. */
export function hold(view: VoiceView, item: string): VoiceView {
  return { ...view, known: view.known.with(item, true) }
}

/** `item` is being deleted from the session, which no longer has it. */
export function withdraw(view: VoiceView, item: string): VoiceView {
  return { ...view, known: view.known.without(item), withdrawn: view.withdrawn.with(item, true) }
}

export function setReading(view: VoiceView, item: string, text: string): VoiceView {
  return { ...view, reading: withNewest(view.reading, item, text, most.reading) }
}

export function setReadFor(view: VoiceView, item: string): VoiceView {
  return { ...view, readFor: [...view.readFor.slice(1 - most.reading), item] }
}

export function setEarly(view: VoiceView, item: string, words: { text: string } | { reason: string }): VoiceView {
  return { ...view, early: withNewest(view.early, item, words, most.reading) }
}

export function setCall(view: VoiceView, item: string, after: string | null): VoiceView {
  return { ...view, calls: view.calls.with(item, after) }
}

export function setSpeaking(view: VoiceView, item: string, state: SpeakingItem): VoiceView {
  return { ...view, speaking: view.speaking.with(item, state) }
}

/** Sound of an item has been taken by the speaker. */
export function receivedSound(view: VoiceView, item: string, ms: number): VoiceView {
  const known = view.speaking.get(item)
  return known ? setSpeaking(view, item, { ...known, receivedMs: known.receivedMs + ms }) : view
}

export function isSilenced(view: VoiceView, response: string): boolean {
  return view.silenced.includes(response)
}

export function silenceResponse(view: VoiceView, response: string): VoiceView {
  return { ...view, silenced: [...view.silenced.slice(1 - most.silenced), response] }
}

/** From now on nothing that still arrives of the response in flight is played. */
export function silence(view: VoiceView): VoiceView {
  const { flight } = view
  const next = { ...view, flight: interruptResponse(flight) }
  return flight.type === 'running' && flight.response !== null ? silenceResponse(next, flight.response) : next
}

export function setAsked(view: VoiceView, item: HeardItem, response: string): VoiceView {
  return { ...view, asked: withNewest(view.asked, item.id, { response, item }, most.speaking) }
}

export function endedResponse(view: VoiceView, response: string): VoiceView {
  const late = view.late.filter((other) => other !== response)
  const asked = new Map([...view.asked].filter(([, one]) => one.response !== response))
  return { ...view, late, asked, ended: [...view.ended.slice(1 - most.ended), response] }
}

/** Items of a response, newest last. */
export function itemsOf(view: VoiceView, response: string): (readonly [id: string, item: SpeakingItem])[] {
  return view.speaking.entries().filter(([, item]) => item.response === response)
}

/**
 * What the record has to know when the socket is gone: words without an end, on both sides.
 * @param again turns whose sound the next session hears again, as turns of their own
 */
export function loseLine(view: VoiceView, again: readonly string[]): Change[] {
  const reason = 'The line broke before the words were understood.'
  const unread = [...view.reading.keys()]
    .filter((turn) => !again.includes(turn))
    .map((turn): Change => ({ type: 'words-lost', turn, reason }))
  const removed = again.map((turn): Change => ({ type: 'turn-removed', turn }))
  const unsaid = view.speaking.entries().filter(([item, { complete }]) => !complete && view.known.has(item))
  return [
    ...removed,
    ...unread,
    ...unsaid.flatMap(([item, spoken]): Change[] =>
      // Before its first sound it was nothing yet; it is asked for again.
      spoken.receivedMs === 0 ? [{ type: 'turn-removed', turn: item }] : spokenSoFar(item, spoken, true),
    ),
  ]
}

/** @param cut the item was interrupted; where no sound of it came, nothing was heard and the speaker has nothing to report */
export function spokenSoFar(item: string, { text, receivedMs }: SpeakingItem, cut: boolean): Change[] {
  const said: Change = { type: 'words-spoken', turn: item, text, audioMs: Math.round(receivedMs) }
  return cut && receivedMs === 0 ? [said, { type: 'played', turn: item, playedMs: 0, heard: '', cut: true }] : [said]
}

function withNewest<Value>(
  map: ReadonlyMap<string, Value>,
  key: string,
  value: Value,
  most: number,
): ReadonlyMap<string, Value> {
  const next = new Map(map).set(key, value)
  for (const oldest of next.keys()) {
    if (next.size <= most) break
    next.delete(oldest)
  }
  return next
}
