import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import { emptyConversation, reduce } from '../../../src/core/conversation/reduce.ts'
import type { Act } from '../../../src/core/realtime/act.ts'
import { interpret } from '../../../src/core/realtime/interpret.ts'
import { parseServerEvent } from '../../../src/core/realtime/parse.ts'
import { expireResponse } from '../../../src/core/realtime/response-end.ts'
import { beginView, loseLine, receivedSound, silence, type VoiceView } from '../../../src/core/realtime/voice-view.ts'

type Wire = Record<string, unknown> & { type: string }

function known(event: Wire): Parameters<typeof interpret>[1] {
  const parsed = parseServerEvent(JSON.stringify(event))
  if (parsed.type !== 'known') throw new Error(`${event.type} is ${JSON.stringify(parsed)}`)
  return parsed.event
}

function run(events: readonly Wire[], from: VoiceView = beginView([], null)): { view: VoiceView; acts: Act[] } {
  let view = from
  const acts: Act[] = []
  for (const event of events) {
    const next = interpret(view, known(event))
    view = next.view
    for (const act of next.acts) {
      if (act.type === 'play') view = receivedSound(view, act.item, 100)
      acts.push(act)
    }
  }
  return { view, acts }
}

const changesOf = (acts: readonly Act[]): Change[] => acts.flatMap((act) => (act.type === 'record' ? act.changes : []))
const fold = (changes: readonly Change[]): typeof emptyConversation =>
  changes.reduce((whole, change, at) => reduce(whole, { seq: at + 1, atMs: at, change }), emptyConversation)
const turnsOf = (acts: readonly Act[]): [string, string, string][] =>
  fold(changesOf(acts)).turns.map(({ id, text, state }) => [id, text, state.type])
const of = <Type extends Act['type']>(acts: readonly Act[], type: Type): Extract<Act, { type: Type }>[] =>
  acts.filter((act): act is Extract<Act, { type: Type }> => act.type === type)

const message = (id: string, role: string): Wire => ({ id, type: 'message', role, status: 'in_progress', content: [] })
const ids = (item: string, response = 'r1'): Record<string, string> => ({ item_id: item, response_id: response })
const created = (response = 'r1'): Wire => ({ type: 'response.created', response: { id: response, status: 'x' } })
const added = (item: string, previous: string | null): Wire => ({
  type: 'conversation.item.added',
  previous_item_id: previous,
  item: message(item, 'assistant'),
})
const words = (item: string, delta: string, response = 'r1'): Wire => ({
  type: 'response.output_audio_transcript.delta',
  ...ids(item, response),
  delta,
})
const sound = (item: string, response = 'r1'): Wire => ({
  type: 'response.output_audio.delta',
  ...ids(item, response),
  delta: 'AAA=',
})
const wordsDone = (item: string, transcript: string, response = 'r1'): Wire => ({
  type: 'response.output_audio_transcript.done',
  ...ids(item, response),
  transcript,
})
const done = (status: string, more: Record<string, unknown> = {}, response = 'r1'): Wire => ({
  type: 'response.done',
  response: { id: response, status, conversation_id: 'c', output: [], ...more },
})
const committed = (item: string, previous: string | null): Wire => ({
  type: 'input_audio_buffer.committed',
  item_id: item,
  previous_item_id: previous,
})
const transcript = (item: string, text: string): Wire => ({
  type: 'conversation.item.input_audio_transcription.completed',
  item_id: item,
  transcript: text,
})

describe('what events mean', () => {
  it('[T5] turns stand in their order however the transcripts, deltas and doubles of events arrive', () => {
    const turns = [0, 1, 2, 3].map((at) => ({
      user: `u${at}`,
      voice: `a${at}`,
      before: at === 0 ? null : `a${at - 1}`,
    }))
    const spine = turns.flatMap(({ user, voice, before }, at) => [
      committed(user, before),
      created(`r${at}`),
      added(voice, user),
      done('completed', { output: [{ ...message(voice, 'assistant'), content: [] }] }, `r${at}`),
    ])
    fc.assert(
      fc.property(
        fc.array(fc.nat(1_000), { minLength: 24, maxLength: 24 }),
        fc.array(fc.nat(spine.length - 1), { maxLength: 4 }),
        (places, doubled) => {
          const stream: { event: Wire; at: number }[] = spine.map((event, at) => ({ event, at: at * 100 }))
          for (const [index, at] of doubled.entries()) stream.push({ event: spine[at]!, at: at * 100 + 1 + index })
          let next = 0
          for (const [at, { user }] of turns.entries()) {
            // Any time after the turn itself began, in any order.
            const late = (): number => at * 400 + 1 + (places[next++ % places.length]! / 1_000) * 1_600
            stream.push({ event: transcript(user, `words of ${user}`), at: late() })
          }
          const { acts } = run(stream.sort((one, other) => one.at - other.at).map(({ event }) => event))
          expect(turnsOf(acts).map(([id, text]) => [id, text])).toEqual(
            turns.flatMap(({ user, voice }) => [
              [user, `words of ${user}`],
              [voice, ''],
            ]),
          )
        },
      ),
      { numRuns: 500 },
    )
  })

  it('[T5] deltas that overtake their item lose neither words nor sound', () => {
    const { acts } = run([
      created(),
      sound('a1'),
      words('a1', 'Hel'),
      added('a1', null),
      words('a1', 'lo'),
      done('completed'),
    ])
    expect(turnsOf(acts)).toEqual([['a1', 'Hello', 'final']])
    expect(of(acts, 'play')).toHaveLength(1)
  })

  it('[T1] what still arrives of an interrupted response is not played, shown or believed', () => {
    const begun = run([created(), added('a1', null), words('a1', 'One '), sound('a1')])
    const { acts } = run(
      [sound('a1'), words('a1', 'two '), wordsDone('a1', ''), done('cancelled')],
      silence(begun.view),
    )
    expect(of(acts, 'play')).toEqual([])
    expect(of(acts, 'caption')).toEqual([])
    expect(changesOf(acts)).toEqual([{ type: 'words-spoken', turn: 'a1', text: 'One two ', audioMs: 100 }])
  })

  it('[T1] of an answer that was interrupted before its first sound nothing was heard', () => {
    const begun = run([created(), added('a1', null), words('a1', 'One two')])
    const { acts } = run([wordsDone('a1', 'One two'), done('cancelled')], silence(begun.view))
    expect(changesOf(acts)).toContainEqual({ type: 'played', turn: 'a1', playedMs: 0, heard: '', cut: true })
  })

  it('[T4] a response that is done without deltas has the words of its end', () => {
    const content = [{ type: 'output_audio', transcript: 'All at once.' }]
    const { acts } = run([created(), done('completed', { output: [{ ...message('a1', 'assistant'), content }] })])
    expect(turnsOf(acts)).toEqual([['a1', 'All at once.', 'final']])
  })

  it('[T4] deltas without an end are closed by the end of the response, or by silence', () => {
    const open = [created(), added('a1', null), words('a1', 'Half'), sound('a1')]
    expect(turnsOf(run([...open, done('completed')]).acts)).toEqual([['a1', 'Half', 'final']])
    const begun = run(open)
    const expired = expireResponse(begun.view)
    expect(turnsOf([...begun.acts, ...expired.acts])).toEqual([['a1', 'Half', 'final']])
    expect(of(expired.acts, 'finish')).toEqual([{ type: 'finish', item: 'a1' }])
    expect(expired.view.flight.type).toBe('none')
    expect(of(run([sound('a1')], expired.view).acts, 'play')).toEqual([])
  })

  it('[T4] a failed response is told, a busy service as such', () => {
    const error = { code: 'rate_limit_exceeded', message: 'Slow down.' }
    const { acts, view } = run([created(), added('a1', null), done('failed', { status_details: { error } })])
    expect(of(acts, 'ended')[0]?.ending).toMatchObject({
      type: 'failed',
      reason: expect.stringContaining('too busy') as string,
    })
    expect(turnsOf(acts)[0]?.[2]).toBe('failed')
    expect(view.flight.type).toBe('none')
  })

  it('[V3] a response out of band is neither played nor recorded, but its tokens are counted', () => {
    const usage = { input_token_details: { text_tokens: 5 }, output_token_details: { text_tokens: 7 } }
    const aside = { parley_aside: 'aside_1' }
    const { acts, view } = run([
      created('r1'),
      { type: 'response.created', response: { id: 'r2', status: 'x', conversation_id: null, metadata: aside } },
      { type: 'response.output_item.added', response_id: 'r2', item: message('b1', 'assistant') },
      sound('b1', 'r2'),
      words('b1', 'summary', 'r2'),
      done('completed', { conversation_id: null, metadata: aside, usage, output: [message('b1', 'assistant')] }, 'r2'),
    ])
    expect(changesOf(acts).map(({ type }) => type)).toEqual(['tokens-used'])
    expect(of(acts, 'play')).toEqual([])
    expect(view.flight).toEqual({ type: 'running', response: 'r1', unwanted: false })
  })

  it('[V6] a lost line closes the words of both sides; what is heard again is no turn of its own', () => {
    const { view } = run([
      committed('u1', null),
      committed('u2', 'u1'),
      created(),
      added('a1', 'u2'),
      words('a1', 'Half'),
      sound('a1'),
    ])
    expect(loseLine(view, ['u2'])).toEqual([
      { type: 'turn-removed', turn: 'u2' },
      { type: 'words-lost', turn: 'u1', reason: expect.any(String) as string },
      { type: 'words-spoken', turn: 'a1', text: 'Half', audioMs: 100 },
    ])
  })

  it('[V15] what is remembered of a session stays bounded over days', () => {
    let view = beginView([], null)
    for (let turn = 0; turn < 2_000; turn++) {
      const events = [
        committed(`u${turn}`, null),
        created(`r${turn}`),
        added(`a${turn}`, null),
        sound(`a${turn}`, `r${turn}`),
      ]
      view = silence(run(events, view).view)
    }
    expect(view.silenced.length).toBeLessThanOrEqual(16)
    expect(view.speaking.entries().length).toBeLessThanOrEqual(64)
    expect(view.reading.size).toBeLessThanOrEqual(64)
    expect(view.known.entries().length).toBeLessThanOrEqual(1_024)
    expect(view.ended.length).toBeLessThanOrEqual(64)
  })

  it('[V80] what is told to be done is there, also where nothing told that it was added, and once', () => {
    const done: Wire = { type: 'conversation.item.done', previous_item_id: null, item: message('u1', 'user') }
    const late: Wire = { type: 'conversation.item.added', previous_item_id: null, item: message('u1', 'user') }
    const { acts } = run([done, created(), added('a1', 'u1'), late])
    expect(turnsOf(acts).map(([id]) => id)).toEqual(['u1', 'a1'])
    expect(of(acts, 'taken')).toHaveLength(1)
  })
})
