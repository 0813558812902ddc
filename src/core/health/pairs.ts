// Round trips from ordinary traffic: requests that a service answers at once, without thinking or listening first. Pings alone
// would say nothing while a conversation keeps the line busy. One request is timed at a time.

export interface Awaited {
  /** Texts that the answer holds, all of them. */
  marks: readonly string[]
  sentMs: number
}

const answeredBy: readonly (readonly [request: string, answer: string])[] = [
  ['session.update', 'session.updated'],
  ['input_audio_buffer.clear', 'input_audio_buffer.cleared'],
  ['conversation.item.create', 'conversation.item.done'],
]

/** Both directions name an event's type near its beginning. */
const headLength = 200

/** @param awaited what is timed already; it goes first. Times are monotonic milliseconds. */
export function requestSent(awaited: Awaited | null, text: string, nowMs: number): Awaited | null {
  if (awaited !== null) return awaited
  const head = text.slice(0, headLength)
  const answer = answeredBy.find(([request]) => head.includes(`"type":"${request}"`))?.[1]
  if (answer === undefined) return null
  const type = `"type":"${answer}"`
  if (answer !== 'conversation.item.done') return { marks: [type], sentMs: nowMs }
  // Items of the voice are done, too: only its own id tells an answer.
  const id = /"item":\{[^}]*?"id":"([^"]+)"/.exec(text)?.[1]
  return id === undefined ? null : { marks: [type, `"id":"${id}"`], sentMs: nowMs }
}

/** @returns how long the answer took, null when this is none */
export function answerTookMs(awaited: Awaited, text: string, nowMs: number): number | null {
  return awaited.marks.every((mark) => text.includes(mark)) ? nowMs - awaited.sentMs : null
}
