import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBase64 } from '../../../src/core/audio/base64.ts'
import type { ServerEvent } from '../../../src/core/realtime/events.ts'
import { interpret } from '../../../src/core/realtime/interpret.ts'
import { parseServerEvent, parseWhole } from '../../../src/core/realtime/parse.ts'
import { expireResponse } from '../../../src/core/realtime/response-end.ts'
import { beginView, loseLine, receivedSound } from '../../../src/core/realtime/voice-view.ts'
import { eventTypes } from '../../../src/core/realtime/read-event.ts'
import type { HeardEvent } from '../../../src/core/realtime/wire-events.ts'
import type { ParsedFrame } from '../../../src/core/wire-frame.ts'
import { changeSchema } from '../../../src/core/conversation/change.ts'
import { frameSkeletons, mutateFrame } from '../../support/mutated-frames.ts'

/** Frames; the long form meets others in every run. */
const runs = Number(process.env['PARLEY_RUNS'] ?? 40_000)

describe('frames from anywhere', () => {
  it('[V16] every kind of frame that Parley reads is known with the fields that the service sends', () => {
    const parsed = frameSkeletons.map((frame) => parseServerEvent(JSON.stringify(frame)))
    expect(parsed.filter(({ type }) => type !== 'known')).toEqual([])
    expect(new Set(frameSkeletons.map(({ type }) => type))).toEqual(new Set(eventTypes))
  })

  it('[C12] what is new is unknown, what is damaged is broken, and both say what it was', () => {
    expect(parseServerEvent('{"type":"rate_limits.updated"}')).toEqual({ type: 'unknown', name: 'rate_limits.updated' })
    expect(parseServerEvent('{"type":"response.done"}')).toMatchObject({ type: 'broken' })
    expect(parseServerEvent('[]')).toMatchObject({ type: 'broken' })
    expect(parseServerEvent('null')).toMatchObject({ type: 'broken' })
    const deep = `{"type":"response.done","response":{"id":"r","status":"x"},"x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`
    expect(parseServerEvent(deep)).toEqual({ type: 'broken', why: 'response.done: nested too deeply' })
  })

  it('[V31] a frame with sound is what parsing all of it gives, with its fields in any order, doubled, nested or escaped', () => {
    const sound = fc
      .tuple(fc.constantFrom('', 'AAAA', '~'), fc.nat(3_000))
      .map(([end, length]) => 'A'.repeat(length) + end)
    const text = fc.oneof(
      sound.map((value) => JSON.stringify(value)),
      sound.map((value) => `"${value}\\/\\u0041"`),
      sound.map((value) => `"é${value}Ł"`),
      fc.constantFrom('"~"', '"\\u007e"', '""', 'null', '7', '"\\"delta\\":\\"AAAA"'),
    )
    const field = fc.oneof(
      text.map((value) => `"delta":${value}`),
      text.map((value) => `"x":{"delta":${value}}`),
      text.map((value) => `"delta" : ${value}`),
      text.map((value) => `"obfuscation":${value}`),
    )
    const sounding = 'response.output_audio.delta'
    const types = [sounding, sounding, sounding, 'response.output_audio_transcript.delta', 'response.new', 'error']
    let unparsed = 0
    fc.assert(
      fc.property(
        fc.array(field, { minLength: 1, maxLength: 4 }),
        fc.nat(4),
        fc.constantFrom(...types),
        fc.constantFrom('"item_id":"i",', '"item_id":"i",', '', '"item_id":"",'),
        fc.constantFrom('', '', '', '}', '"', ','),
        (fields, at, type, item, rest) => {
          const own = `"type":"${type}","response_id":"r",${item}"error":{}`
          const frame = `{${fields.toSpliced(at, 0, own).join(',')}${rest}}`
          const parsed = parseServerEvent(frame)
          expect(parsed).toEqual(parseWhole(frame))
          if (parsed.type === 'known' && 'delta' in parsed.event && parsed.event.delta.length > 1_280) unparsed++
        },
      ),
      { numRuns: 2_000 },
    )
    // Long sound was among them.
    expect(unparsed).toBeGreaterThan(50)
  })

  it('[V15] damaged frames throw nothing, taint nothing, and leave only changes that the record takes', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).sort()
    const outcomes = { known: 0, unknown: 0, broken: 0 }
    let refused: unknown = null
    let differ: string | null = null
    let view = beginView(['restored'], 'restored')
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        for (const frame of mutateFrame(seed)) {
          const parsed = parseServerEvent(frame)
          outcomes[parsed.type]++
          differ ??= isDifferent(parsed, frame) ? frame : null
          if (parsed.type !== 'known') continue
          const { view: next, acts } = interpret(view, parsed.event)
          view = next
          for (const act of acts) {
            if (act.type === 'play') view = receivedSound(view, act.item, 20)
            if (act.type !== 'record') continue
            for (const change of act.changes) if (!changeSchema.safeParse(change).success) refused ??= change
          }
        }
        if (seed % 50 === 0) {
          for (const change of loseLine(view, [])) if (!changeSchema.safeParse(change).success) refused ??= change
          view = seed % 100 === 0 ? expireResponse(view).view : beginView([], null)
        }
      }),
      { numRuns: runs / 10 },
    )
    expect(outcomes.known + outcomes.unknown + outcomes.broken).toBe(runs)
    // Damage of every degree was among them.
    for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(runs / 20)
    expect(refused).toBeNull()
    expect(differ).toBeNull()
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

/** Sound that no parser would take is known here, and refused by the decoder. */
function isDifferent(parsed: ParsedFrame<HeardEvent>, frame: string): boolean {
  const whole = parseWhole(frame)
  if (isDeepStrictEqual(parsed, whole)) return false
  if (whole.type !== 'broken' || parsed.type !== 'known' || parsed.event.type !== 'response.output_audio.delta')
    return true
  const { delta } = parsed.event
  return isBase64(delta, Buffer.from(delta, 'base64').length)
}

/** What the service's own types say of an event, for the fields that Parley reads of it. A difference fails `tsc`. */
type Read<Type extends HeardEvent['type']> = Omit<Extract<HeardEvent, { type: Type }>, 'type'>
type Sent<Type extends HeardEvent['type']> = Extract<ServerEvent, { type: Type }>
/** Assignable where fields may be left out or null on either side, nested to any depth. */
type Loose<Value> = Value extends string
  ? string
  : Value extends readonly (infer One)[]
    ? readonly Loose<One>[]
    : Value extends object
      ? { [Key in keyof Value]?: Loose<NonNullable<Value[Key]>> | null | undefined }
      : Value
type Drifted = {
  [Type in HeardEvent['type']]: Pick<Sent<Type>, keyof Read<Type> & keyof Sent<Type>> extends infer Fields
    ? Loose<Fields> extends Loose<Read<Type>>
      ? keyof Read<Type> extends keyof Sent<Type>
        ? never
        : Type
      : Type
    : never
}[HeardEvent['type']]

/** On the wire a session has an id and an end; the types give the request that asks for one. */
type Untyped = 'session.created' | 'session.updated'

describe('the service’s own types', () => {
  it('[V16] know every event and every field that Parley reads', () => {
    const drifted: [Exclude<Drifted, Untyped>] extends [never] ? 'none' : Exclude<Drifted, Untyped> = 'none'
    const untyped: [Exclude<Untyped, Drifted>] extends [never] ? 'these' : 'fewer' = 'these'
    expect([drifted, untyped]).toEqual(['none', 'these'])
  })
})
