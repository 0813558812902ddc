/* oxlint-disable typescript/no-unsafe-member-access, typescript/no-unsafe-assignment, typescript/no-unsafe-call -- what comes off the wire is asserted, not proven */
// What is left of a long chain when it is compacted, and that it goes on from there.
import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Memo } from '../../../src/engine/ports.ts'
import { condense } from '../../../src/engine/responses/compact.ts'
import { createSeal, sealKeyIn } from '../../../src/engine/responses/seal.ts'
import { tokenForTests, typesOf, type Wired } from '../../support/realtime-client.ts'
import { startChains, tool, user, type Chains } from '../../support/responses-engine.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const post = async (engine: Chains, path: string, body: object): Promise<{ status: number; body: Wired }> => {
  const response = await fetch(`${engine.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokenForTests}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Wired }
}
const model = 'parley-embedded'
const long = (words: string): string => `${words} `.repeat(600)
const textsOf = (memos: readonly Memo[]): string => JSON.stringify(memos)

describe('a chain over its threshold', () => {
  it('[N20] is compacted in the stream before the answer, and goes on by id with little and the newest request whole', async () => {
    const engine = await startChains()
    const client = engine.open()
    const manage = { context_management: [{ type: 'compaction', compact_threshold: 2_000 }] }
    const first = await client.ask({ input: [user(long('the quick brown fox')), user('My name is Ada.')], ...manage })
    expect(first.response.output.map(({ type }: Wired) => type)).toEqual(['compaction', 'message'])
    client.create({ input: 'Short.', previous_response_id: first.response.id, ...manage })
    const events = await client.answered()
    expect(typesOf(events)).not.toContain('response.compaction.compacting')
    expect(events.at(-1)!.response.usage.input_tokens).toBeLessThan(1_000)
    expect(textsOf(engine.asks[1]!.memos)).toContain('Short.')
    client.create({ input: long('and yet more words'), previous_response_id: events.at(-1)!.response.id, ...manage })
    const again = await client.answered()
    expect(typesOf(again).slice(2, 6)).toEqual([
      'response.output_item.added',
      'response.compaction.compacting',
      'response.output_item.done',
      'response.output_item.added',
    ])
    expect(JSON.stringify(again)).not.toContain('My name is Ada')
    expect(textsOf(engine.asks.at(-1)!.memos)).toContain('My name is Ada')
  })

  it('[N20] in the middle of a tool loop keeps the calls that were made', async () => {
    const engine = await startChains(({ memos }) =>
      memos.some(({ type }) => type === 'result')
        ? [{ type: 'text', text: 'Done.' }]
        : [{ type: 'call', name: 'look', arguments: '{"at":"it"}' }],
    )
    const client = engine.open()
    const tools = [tool('look', { at: { type: 'string' } })]
    const { response } = await client.ask({ input: 'Look.', tools })
    const output = { type: 'function_call_output', call_id: response.output[0].call_id, output: long('seen a thing') }
    const end = await client.ask({
      input: [output],
      previous_response_id: response.id,
      tools,
      context_management: [{ type: 'compaction', compact_threshold: 1_000 }],
    })
    expect(end.response.output.map(({ type }: Wired) => type)).toEqual(['compaction', 'message'])
    expect(engine.asks[1]!.memos.map(({ type }) => type)).toEqual(['message', 'call', 'result'])
    expect(end.response.output[0].encrypted_content.length).toBeLessThan(output.output.length)
  })

  it('[N20] is compacted alone when its last item asks for that', async () => {
    const engine = await startChains()
    const client = engine.open()
    const end = await client.ask({ input: [user('My name is Ada.'), { type: 'compaction_trigger' }] })
    expect(end.response.output.map(({ type }: Wired) => type)).toEqual(['compaction'])
    expect(engine.asks).toEqual([])
    await client.ask({ input: 'Who am I?', previous_response_id: end.response.id })
    expect(engine.asks[0]!.memos).toHaveLength(2)
  })
})

describe('POST /responses/compact', () => {
  it('[N21] gives the person’s messages and one sealed item; together they are the beginning of the next chain', async () => {
    const engine = await startChains()
    const input = [
      user('My name is Ada.'),
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'The secret is seven.' }] },
      { type: 'function_call', call_id: 'c1', name: 'look', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c1', output: 'a hidden thing' },
      user('Go on.'),
    ]
    const { status, body } = await post(engine, '/responses/compact', { model, input })
    expect(status).toBe(200)
    expect(body).toMatchObject({ object: 'response.compaction' })
    expect(body.output.map(({ type, role }: Record<string, string>) => role ?? type)).toEqual([
      'user',
      'user',
      'compaction',
    ])
    expect(JSON.stringify(body)).not.toMatch(/secret|hidden/)
    const client = engine.open()
    const next = await client.ask({ input: [...body.output, user('And now?')], previous_response_id: null })
    expect(next.type).toBe('response.completed')
    const memos = textsOf(engine.asks[0]!.memos)
    for (const kept of ['My name is Ada', 'secret is seven', 'hidden thing', 'And now?']) expect(memos).toContain(kept)
    expect(memos.match(/My name is Ada/g)).toHaveLength(1)
    const byId = await client.ask({ input: 'More.', previous_response_id: body.id })
    expect(byId.error.code).toBe('previous_response_not_found')
  })

  it.each([
    ['no model', { input: 'x' }, 'missing_required_parameter'],
    ['a field it has not', { model, input: 'x', tools: [] }, 'unknown_parameter'],
    [
      'an unknown previous response',
      { model, input: 'x', previous_response_id: 'resp_x' },
      'previous_response_not_found',
    ],
  ])('[N21] with %s is refused', async (_, body, code) => {
    const refused = await post(await startChains(), '/responses/compact', body)
    expect(refused.status).toBe(400)
    expect(refused.body.error.code).toBe(code)
  })
})

describe('what is kept', () => {
  it('[N22] can be opened by an engine with the same key alone, and not when a bit of it was changed', () => {
    const key = randomBytes(32)
    const sealed = createSeal(key).close({ a: 'secret' })
    expect(createSeal(key).open(sealed)).toEqual({ a: 'secret' })
    expect(createSeal(randomBytes(32)).open(sealed)).toBeUndefined()
    const bytes = Buffer.from(sealed, 'base64url')
    expect(bytes.toString('latin1')).not.toContain('secret')
    for (const at of [0, 12, bytes.length - 1]) {
      const changed = Buffer.from(bytes)
      changed[at]! ^= 1
      expect(createSeal(key).open(changed.toString('base64url'))).toBeUndefined()
    }
    expect(createSeal(key).open('')).toBeUndefined()
  })

  it('[N22] the key stays in the data folder, for its owner alone', () => {
    const folder = join(temporaryFolder(), 'engine')
    const key = sealKeyIn(folder)
    expect(sealKeyIn(folder).equals(key)).toBe(true)
    expect(readFileSync(join(folder, 'compaction.key')).equals(key)).toBe(true)
    expect(statSync(join(folder, 'compaction.key')).mode & 0o777).toBe(0o600)
  })

  it('[N23] is bounded: the request whole, the rest by its age', () => {
    const request = 'Do it. '.repeat(40)
    const memos: Memo[] = [
      ...Array.from({ length: 50 }, (_, at): Memo => ({
        type: 'message',
        role: 'user',
        text: `I said ${at}. `.repeat(40),
      })),
      { type: 'message', role: 'user', text: request },
      ...Array.from({ length: 20 }, (_, at): Memo[] => [
        { type: 'call', callId: `c${at}`, name: 'read', arguments: '{"a":1}' },
        { type: 'result', callId: `c${at}`, output: 'z'.repeat(9_000) },
      ]).flat(),
    ]
    const kept = condense(memos, 8_000)
    expect(textsOf(kept).length).toBeLessThan(14_000)
    expect(kept).toContainEqual({ type: 'message', role: 'user', text: request })
    expect(kept.filter(({ type }) => type === 'call')).toHaveLength(20)
    expect(condense(memos.slice(50, 53), 20_000)[2]).toMatchObject({ output: expect.stringMatching(/^z{5998} …$/) })
  })
})
