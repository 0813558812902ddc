// What has to hold when a conversation has healed and gone quiet, whatever happened to it: asked of the service's own truth and
// of the record, not of what was sent.
import { wordsOf } from '../../../src/core/conversation/rehydrate.ts'
import { held } from '../holding.ts'
import type { ModelledLine } from '../modelled-line.ts'
import type { ModelItem } from '../service/items.ts'
import type { ModelResponse } from '../service/response.ts'
import type { Said, Walked } from './walk.ts'

/** @returns what did not hold, one sentence each; the part before the colon names the kind */
export function judge(walked: Walked): string[] {
  const { line } = walked
  const { session } = line
  if (session.phase().type !== 'live') return [`not live: ${JSON.stringify(session.phase())}`]
  if (!session.isQuiet()) return ['not quiet: a minute after everything healed']
  const known = createKnown(line)
  return [
    ...askedTwice(walked, known),
    ...ranTwice(walked),
    ...lost(walked, known),
    ...outOfOrder(walked),
    ...saidTwice(walked),
    ...heldOtherwise(line),
    ...miscounted(line, known),
    ...torn(walked, known),
  ]
}

/** What the client was told of the responses. */
interface Known {
  /** A whole answer of which the person heard something, or that called a function. */
  isAnswer(response: ModelResponse): boolean
  /** As much of an answer as there was: heard in part, or shown in part. */
  isSomeAnswer(response: ModelResponse): boolean
  /** It answers what a function gave that the other called, and so goes on with the other's answer. */
  goesOnWith(response: ModelResponse, other: ModelResponse): boolean
  tokens(): number
}

function createKnown(line: ModelledLine): Known {
  const done = new Set<string>()
  const sounded = new Set<string>()
  const shown = new Set<string>()
  const calls = new Map<string, string[]>()
  let tokens = 0
  for (const { line: wire } of line.service.sessions)
    for (const event of wire.delivered) {
      if (event.type === 'response.output_audio.delta') sounded.add(String(event['response_id']))
      if (event.type === 'response.output_text.delta') shown.add(String(event['response_id']))
      if (event.type === 'response.output_item.added' || event.type === 'response.output_item.done') {
        const response = String(event['response_id'])
        const { call_id: call } = event['item'] as { call_id?: string }
        if (call !== undefined) calls.set(response, [...(calls.get(response) ?? []), call])
      }
      if (event.type !== 'response.done') continue
      const { id, usage } = event['response'] as { id: string; usage: { total_tokens: number } | null }
      if (!done.has(id)) tokens += usage?.total_tokens ?? 0
      done.add(id)
    }
  const turns = new Map(line.turns().map((turn) => [turn.id, turn]))
  const isHeard = ({ item }: ModelResponse): boolean => {
    const state = turns.get(item ?? '')?.state
    return state?.type === 'final' || (state?.type === 'cut' && state.heard !== '')
  }
  // Undone with its exchange, it is no answer any more.
  const stand = new Set(line.record.conversation().tools.map((tool) => tool.arguments))
  const isCall = ({ answer, id, status }: ModelResponse): boolean =>
    answer.calls.some((call) => stand.has(call.arguments)) && status === 'completed' && done.has(id)
  // The person spoke on before it was to run: what they said then is answered with this.
  const ran = new Set(line.functions.ran.map(({ call }) => call))
  const isRun = ({ id }: ModelResponse): boolean => calls.get(id)?.some((call) => ran.has(call)) === true
  return {
    isAnswer: (response) =>
      (isCall(response) && isRun(response)) ||
      (response.status === 'completed' && done.has(response.id) && sounded.has(response.id) && isHeard(response)),
    isSomeAnswer: (response) =>
      isCall(response) ||
      (sounded.has(response.id) && line.speaker.playedMs(response.item ?? '') > 0) ||
      shown.has(response.id),
    goesOnWith: ({ open }, { id }) => open.some(({ call }) => call !== null && calls.get(id)?.includes(call) === true),
    tokens: () => tokens,
  }
}

/** By its words where they were given, by its sound where that was heard. */
function isOf({ words, frames }: Said, item: ModelItem): boolean {
  return item.role === 'user' && (hasWords(item.words, words) || frames.some((frame) => item.frames.includes(frame)))
}

function hasWords(text: string, words: string): boolean {
  return text === words || text.split(/(?<=\.) /).includes(words)
}

function askedTwice({ line, said }: Walked, known: Known): string[] {
  return said.flatMap((one) => {
    if (one.isTakenBack) return []
    const about = line.service.responses.filter(({ open }) => open.some((item) => isOf(one, item)))
    const answered = about.findIndex((response) => known.isAnswer(response))
    const answer = about[answered]
    // Words that were given again, to stand at another place, are open once more; the answer to a function's output is no second one.
    const again = about.slice(answered + 1).find((response) => answer && !known.goesOnWith(response, answer))
    return again ? [`answered and asked again: ${one.words} (${answer?.id}, ${again.id})`] : []
  })
}

function ranTwice({ line, said }: Walked): string[] {
  const back = new Set(said.flatMap(({ isTakenBack, words }) => (isTakenBack ? [nameIn(words)] : [])))
  const asked = line.functions.ran.map(({ arguments: given }) => nameIn(given)).filter((name) => !back.has(name))
  return asked.filter((given, at) => asked.indexOf(given) !== at).map((given) => `a function ran twice: ${given}`)
}

function lost({ line, said }: Walked, known: Known): string[] {
  if (line.session.health().droppedFrames > 0) return []
  const about = (one: Said): ModelResponse[] =>
    line.service.responses.filter(({ open }) => open.some((item) => isOf(one, item)))
  return said
    .filter((one) => !one.isWithdrawn && !one.isOffered)
    .filter((one) => !about(one).some((response) => known.isSomeAnswer(response)))
    .filter((one) => !isAnsweredWithNext(one, about(one), line.service.responses, known))
    .filter((one) => !line.isOffered(one.words))
    .map((one) => `lost in silence: ${one.words}`)
}

/** Who speaks over an answer before it is heard is answered by the next one, which knows both. */
function isAnsweredWithNext(
  one: Said,
  about: readonly ModelResponse[],
  all: readonly ModelResponse[],
  known: Known,
): boolean {
  const last = about.at(-1)
  const next = last && all.slice(all.indexOf(last) + 1).find(({ items }) => items.some((item) => isOf(one, item)))
  return next !== undefined && next.open.length > 0 && known.isSomeAnswer(next)
}

/** `Q7` of `Q7 tool.` */
export function nameIn(words: string): string {
  return /Q\d+/.exec(words)?.[0] ?? ''
}

/** `3` for each `Q3` in it. */
export function numbersIn(text: string): number[] {
  return [...text.matchAll(/Q(\d+)/g)].map(([, number]) => Number(number))
}

/** What overlapped may stand either way, and so may typed words beside speech of which the client could not know. */
function outOfOrder({ line, said }: Walked): string[] {
  // What was said in one breath has the place of its beginning.
  const order = line.turns().flatMap((turn) => (turn.role === 'user' ? numbersOf(turn.id, line, said).slice(0, 1) : []))
  const mustPrecede = (one: Said, other: Said): boolean => {
    if (one.isRetried || other.isRetried) return false
    const overMs = one.endedMs ?? Infinity
    // Beside typed words speech counts from when the client knew of it.
    const isOfBoth = (one.frames.length === 0) !== (other.frames.length === 0)
    return (isOfBoth ? Math.max(overMs, one.knownMs ?? Infinity) : overMs) < other.beganMs
  }
  const isWrong = order.some((number, at) =>
    order.slice(0, at).some((before) => {
      const [one, other] = [said[number - 1], said[before - 1]]
      return one !== undefined && other !== undefined && mustPrecede(one, other)
    }),
  )
  return isWrong ? [`out of order: ${order.join(' ')}`] : []
}

/** Which of what was said a turn holds; without words by what the service heard in it. */
export function numbersOf(id: string, { record, service }: ModelledLine, said: readonly Said[]): number[] {
  const { turns, rolledBack } = record.conversation()
  const turn = [...turns, ...(rolledBack?.turns ?? [])].find((one) => one.id === id)
  const named = numbersIn(turn?.text ?? '')
  if (named.length > 0) return named
  const frames = service.turns.find(({ item }) => item === id)?.frames ?? []
  return said.flatMap((one, at) => (one.frames.some((frame) => frames.includes(frame)) ? [at + 1] : []))
}

function saidTwice({ line, said }: Walked): string[] {
  return said.flatMap((one) => {
    const turns = line.turns().filter((turn) => turn.role === 'user' && hasWords(turn.text, one.words))
    const sounds = turns.map(({ id }) => line.service.turns.find(({ item }) => item === id)?.frames ?? [])
    const isTwice = sounds.some((frames, at) =>
      sounds.some((others, other) => other > at && (frames.length === 0 || frames.some((one) => others.includes(one)))),
    )
    return isTwice ? [`twice in the record: ${one.words}`] : []
  })
}

const isEmpty = (text: string): boolean => /^assistant: ?—?$/.test(text)

function heldOtherwise(line: ModelledLine): string[] {
  const service = line.service.session()
  const turns = line.turns()
  const unread = new Set(turns.filter((turn) => turn.role === 'user' && wordsOf(turn) === '').map(({ id }) => id))
  // What the person said without words for the record, the model has in sound.
  const items = service.items.filter(({ id, origin }) => origin !== 'heard' || !unread.has(id))
  const marks = items.filter(({ origin, words }) => origin === 'created' && words.trim() === '—')
  const isHeld = held({ ...service, items }, turns).filter((text) => !isEmpty(text))
  const desired = line.desired().filter((text) => !isEmpty(text))
  const shown = line.session.holds().items.map(({ id }) => id)
  const same = withOutputsLast(isHeld) === withOutputsLast(desired) && isBehindItsCall(isHeld)
  return [
    ...(same ? [] : [`holds otherwise: ${JSON.stringify({ held: isHeld, desired })}`]),
    ...(marks.length > 0 ? ['an empty item was given: —'] : []),
    ...(shown.join() === service.items.map(({ id }) => id).join() ? [] : [`shows otherwise: ${shown.join()}`]),
  ]
}

/** An output comes when its function ends; where it stands behind its call is free. */
function withOutputsLast(items: readonly string[]): string {
  const isOutput = (text: string): boolean => text.startsWith('output ')
  const isCall = (text: string): boolean => text.startsWith('call ')
  // What came by itself may have come before or after what was just being said.
  const isNote = (text: string): boolean => /^call call_\d+$/.test(text)
  const others = items.filter((text) => !isOutput(text) && !isNote(text))
  // Calls behind the same turn may stand either way.
  for (const [at, text] of others.entries()) {
    const end = others.findIndex((other, index) => index > at && !isCall(other))
    const run = isCall(text) && !isCall(others[at - 1] ?? '') ? others.slice(at, end === -1 ? undefined : end) : []
    others.splice(at, run.length, ...run.sort())
  }
  return [...others, ...items.filter((text) => isOutput(text) || isNote(text)).sort()].join('\n')
}

function isBehindItsCall(items: readonly string[]): boolean {
  return items.every((text, at) => {
    const call = /^output (\S+):/.exec(text)?.[1]
    return call === undefined || items.slice(0, at).includes(`call ${call}`)
  })
}

function miscounted(line: ModelledLine, known: Known): string[] {
  const counted = line.record.conversation().usage.outputAudioTokens
  return counted === known.tokens() ? [] : [`miscounted: ${counted} for ${known.tokens()}`]
}

/** Where the answer was given to sound, all of the sound was there. */
function torn({ line, said }: Walked, known: Known): string[] {
  if (line.session.health().droppedFrames > 0) return []
  const { responses, turns } = line.service
  return said.flatMap((one) =>
    responses.flatMap((response) => {
      if (!known.isSomeAnswer(response) || !response.open.some((item) => isOf(one, item))) return []
      const ids = new Set(response.items.map(({ id }) => id))
      const heard = new Set(turns.flatMap(({ item, frames }) => (ids.has(item) ? frames : [])))
      const missing = one.frames.filter((frame) => !heard.has(frame))
      const isText = response.items.some((item) => item.origin === 'created' && isOf(one, item))
      return missing.length === 0 || isText ? [] : [`torn: ${one.words} answered without ${missing.length} frames`]
    }),
  )
}
