// When a conversation that was begun by a phrase is open, and when it closes by itself: so long after its last sound in which
// nobody says anything. Pure; who listens for the phrase, and the sounds and the line, are main/voice and main/audio.

export type NamedTalk =
  | { type: 'closed' }
  /** `quietMs`: steady clock, since when nobody has said anything; null while somebody does or an answer is due. */
  | { type: 'open'; quietMs: number | null }

export type NamedTalkEvent =
  /** The phrase was heard, or the talk key pressed. */
  | { type: 'called' }
  /** Whether somebody speaks, an answer is due or sounds. */
  | { type: 'busy'; busy: boolean }
  /** The person says that it is over, or chose another way to talk. */
  | { type: 'dismissed' }
  | { type: 'tick' }

export const closedTalk: NamedTalk = { type: 'closed' }

/** @param lastsMs how long it stays open for more */
export function stepNamedTalk(talk: NamedTalk, event: NamedTalkEvent, nowMs: number, lastsMs: number): NamedTalk {
  switch (event.type) {
    case 'called':
      return { type: 'open', quietMs: nowMs }
    case 'busy':
      if (talk.type === 'closed' || (talk.quietMs === null) === event.busy) return talk
      return { type: 'open', quietMs: event.busy ? null : nowMs }
    case 'dismissed':
      return closedTalk
    case 'tick':
      return closesInMs(talk, nowMs, lastsMs) === 0 ? closedTalk : talk
  }
}

/** Null while it does not close by itself. */
export function closesInMs(talk: NamedTalk, nowMs: number, lastsMs: number): number | null {
  return talk.type === 'closed' || talk.quietMs === null ? null : Math.max(0, talk.quietMs + lastsMs - nowMs)
}

/** What a person says to end it, in the languages of the window; the whole turn, so that nobody is cut off. */
const endings: readonly string[] = [
  "that's all",
  'that is all',
  "that'll be all",
  'that will be all',
  "that's it",
  'goodbye',
  'bye',
  'good bye',
  'eso es todo',
  'es todo',
  'nada más',
  'adiós',
  "das war's",
  'das wars',
  'das ist alles',
  'das war alles',
  'das wär’s',
  'tschüss',
]
const stops: readonly string[] = [
  'stop',
  'stop it',
  'be quiet',
  'quiet',
  'para',
  'basta',
  'silencio',
  'stopp',
  'ruhe',
  'sei still',
  'hör auf',
]
const politeness =
  /^(?:(?:ok|okay|no|thanks|thank you|please|gracias|vale|no gracias|danke|nein|gut|bitte)[ ,.]+)+|[ ,.]+(?:thanks|thank you|please|for now|gracias|por favor|por ahora|danke|bitte|fürs erste)$/g

/** What a turn of the person's asks of the talk itself; null for every other turn. @param name the phrase, which may stand around it */
export function wordsToTalk(text: string, name: string): 'end' | 'stop' | null {
  const plain = text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[.!?¡¿"“”]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const unnamed = plain.replace(name.toLowerCase(), ' ').replace(/^[ ,]+|[ ,]+$/g, '')
  const bare = unnamed
    .replace(politeness, '')
    .replace(politeness, '')
    .replace(/^[ ,]+|[ ,]+$/g, '')
  if (stops.includes(bare)) return 'stop'
  return endings.includes(bare) ? 'end' : null
}
