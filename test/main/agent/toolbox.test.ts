// What stands between a model's wish and an effect, over the real ledger.
import { describe, expect, it } from 'vitest'
import { readArguments } from '../../../src/core/agent/arguments.ts'
import { callLimits } from '../../../src/core/agent/limits.ts'
import { digestOf } from '../../../src/main/agent/approvals.ts'
import type { CallLedger } from '../../../src/main/agent/ports.ts'
import { heldTool, workingTools } from '../../support/noted-tools.ts'
import { openToolbox } from '../../support/opened-toolbox.ts'
import { seededRandom } from '../../support/seeded-random.ts'

async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

describe('the record', () => {
  it('[S1] the intent is stored before a tool acts, and nothing acts when it can’t be stored', async () => {
    const { tools, done } = workingTools()
    const { call, record } = openToolbox({ tools })
    await call('look', { text: 'a' }, { call: 'c1' })
    expect(record.changes.map(({ type }) => type)).toEqual(['tool-asked', 'tool-started', 'tool-ended'])

    for (const refuses of ['asked', 'started'] as const) {
      const ledger: CallLedger = {
        fate: () => null,
        asked: () => (refuses === 'asked' ? Promise.reject(new Error('full')) : Promise.resolve()),
        started: () => Promise.reject(new Error('full')),
        ended: () => Promise.resolve(),
      }
      done.length = 0
      expect((await openToolbox({ tools, ledger }).call('look', { text: 'b' })).outcome).toBe('failed')
      expect(done).toEqual([])
    }
  })

  it('[S2] a call runs once, however often and by whomever it is asked again', async () => {
    const { tools, done } = workingTools()
    const { call, record } = openToolbox({ tools })
    const both = await Promise.all([
      call('look', { text: 'a' }, { call: 'c1' }),
      call('look', { text: 'a' }, { call: 'c1' }),
    ])
    const other = await call('look', { text: 'b' }, { call: 'c1' })
    expect(done).toHaveLength(1)
    expect(both[0]).toEqual(both[1])
    expect(other).toEqual(both[0])
    const next = openToolbox({ tools, before: record.changes })
    expect(await next.call('look', { text: 'a' }, { call: 'c1' })).toEqual(both[0])
    expect(done).toHaveLength(1)
  })

  it('[S2] while a call runs, another with its id and other arguments is refused', async () => {
    const { tool, end, begun } = heldTool('reads')
    const { tools } = workingTools()
    const { call } = openToolbox({ tools: [tool, ...tools] })
    const first = call('hold', {}, { call: 'c1' })
    expect((await call('look', { text: 'a' }, { call: 'c1' })).outcome).toBe('failed')
    await settle()
    end({ text: 'done', untrusted: null })
    expect((await first).output).toBe('done')
    expect(begun()).toBe(1)
  })

  it('[S2] a call that was running when Parley ended is unknown and not run again', async () => {
    const { tools, done } = workingTools()
    const asked = { type: 'tool-asked', call: 'c1', after: null, name: 'look', arguments: '{"text":"a"}' } as const
    const { call } = openToolbox({ tools, before: [asked, { type: 'tool-started', call: 'c1' }] })
    expect((await call('look', { text: 'a' }, { call: 'c1' })).outcome).toBe('unknown')
    expect(done).toEqual([])
  })
})

describe('arguments', () => {
  const deep = `{"text":${'['.repeat(80)}${']'.repeat(80)}}`
  const unfit = [
    'nonsense',
    '[]',
    'null',
    '"x"',
    '{}',
    '{"text":1}',
    '{"text":"a","more":1}',
    '{"__proto__":{},"text":"a"}',
    deep,
    JSON.stringify({ text: 'ä'.repeat(callLimits.argumentsBytes / 2) }),
  ]
  it.each(unfit.map((text) => [text.slice(0, 40), text]))('[S3] %s does not fit and runs nothing', async (_, text) => {
    const { tools, done } = workingTools()
    const { call } = openToolbox({ tools })
    expect((await call('look', text)).outcome).toBe('failed')
    expect(done).toEqual([])
  })

  it('[S3] no depth of nesting breaks whoever walks the arguments', () => {
    const nested = (depth: number): string => `{"text":${'['.repeat(depth)}${']'.repeat(depth)}}`
    expect(readArguments(nested(60)).type).toBe('read')
    for (const depth of [65, 10_000, 100_000]) expect(readArguments(nested(depth)).type).toBe('refused')
  })

  it('[S3] a tool that is not there or switched off is not run', async () => {
    const { tools, done } = workingTools()
    const offered = [...tools]
    const { call, asked, click } = openToolbox({ tools: offered })
    expect((await call('nothing', {})).outcome).toBe('failed')
    const sending = call('send', { text: 'a' })
    const question = await asked()
    offered.splice(0)
    click(question, true)
    expect((await sending).outcome).toBe('failed')
    expect(done).toEqual([])
  })
})

describe('the person’s answer', () => {
  it('[S4] an effect waits for a yes and happens once', async () => {
    const { tools, done } = workingTools()
    const { call, asked, click, toolbox } = openToolbox({ tools })
    const sending = call('send', { text: 'hello' })
    const question = await asked()
    expect(done).toEqual([])
    expect(question).toMatchObject({
      tool: 'send',
      risk: 'sends',
      afterUntrusted: false,
      arguments: '{\n  "text": "hello"\n}',
    })
    expect(click(question, true)).toBe(true)
    expect((await sending).outcome).toBe('ended')
    expect(toolbox.answer(question.id, question.digest, true)).toBe(false)
    expect(done).toEqual([{ tool: 'send', text: 'hello' }])
    expect(toolbox.approvals()).toEqual([])
  })

  it.each(['no', 'expired', 'withdrawn', 'too early', 'too late', 'closed'] as const)('[S4] %s is no', async (how) => {
    const { tools, done } = workingTools()
    const { call, asked, clock, toolbox } = openToolbox({ tools })
    const stop = new AbortController()
    const sending = call('send', { text: 'a' }, { signal: stop.signal })
    const { id, digest } = await asked()
    if (how === 'no') {
      clock.pass(500)
      expect(toolbox.answer(id, digest, false)).toBe(true)
    } else if (how === 'withdrawn') stop.abort()
    else if (how === 'closed') await toolbox.close()
    else if (how === 'too early') {
      clock.pass(499)
      expect(toolbox.answer(id, digest, true)).toBe(false)
    }
    clock.pass(60_000)
    expect(toolbox.answer(id, digest, true)).toBe(false)
    expect((await sending).outcome).toBe('cancelled')
    expect(done).toEqual([])
    expect(clock.waiting()).toBe(0)
  })

  it('[W220] more time begins the minute of a question anew, as often as wanted, and of no other', async () => {
    const { tools, done } = workingTools()
    const { call, asked, clock, toolbox, click } = openToolbox({ tools })
    const sending = call('send', { text: 'a' })
    const question = await asked()
    expect(question.expiresMs - clock.nowMs()).toBe(60_000)
    for (let times = 0; times < 20; times++) {
      clock.pass(59_999)
      expect(toolbox.extend('approval_other')).toBe(false)
      expect(toolbox.extend(question.id)).toBe(true)
      expect(toolbox.approvals()[0]!.expiresMs).toBe(clock.nowMs() + 60_000)
    }
    clock.pass(59_000)
    expect(click(question, true)).toBe(true)
    expect((await sending).outcome).toBe('ended')
    expect(done).toHaveLength(1)
    expect(toolbox.extend(question.id)).toBe(false)
    const another = call('send', { text: 'b' })
    toolbox.extend((await asked()).id)
    clock.pass(60_000)
    expect((await another).outcome).toBe('cancelled')
  })

  it('[S5] of 200 tampered approvals none executes anything', async () => {
    const random = seededRandom(5)
    const pick = (below: number): number => Math.floor(random() * below)
    const { tools, done } = workingTools()
    let earlier: { id: string; digest: string } | null = null
    for (let attempt = 0; attempt < 200; attempt++) {
      const box = openToolbox({ tools })
      const { toolbox, clock } = box
      const sending = box.call('send', { text: `a${attempt}` }, { call: `c${attempt}` })
      const question = await box.asked()
      const { id, digest } = question
      const given = { tool: 'send', call: `c${attempt}`, arguments: { text: `a${attempt}` }, facts: [], identity: null }
      const flipped = Array.from(digest)
      const at = pick(64)
      flipped[at] = flipped[at] === '0' ? '1' : '0'
      const tampers: (() => [id: string, digest: string, atMs: number])[] = [
        () => [id, digestOf({ ...given, arguments: { text: `a${attempt}!` } }), 600],
        () => [id, digestOf({ ...given, call: `c${attempt + 1}` }), 600],
        () => [id, digestOf({ ...given, tool: 'ring' }), 600],
        () => [id, flipped.join(''), 600],
        () => [id, digest.toUpperCase() === digest ? `${digest}0` : digest.toUpperCase(), 600],
        () => [`${id}0`, digest, 600],
        () => ['', '', 600],
        () => [id, digest, pick(500)],
        () => [id, digest, 60_000 + pick(10_000)],
        () => [earlier?.id ?? id, earlier?.digest ?? '', 600],
      ]
      const [asId, asDigest, atMs] = tampers[attempt % tampers.length]!()
      clock.pass(atMs)
      expect(toolbox.answer(asId, asDigest, true)).toBe(false)
      clock.pass(60_000)
      expect((await sending).outcome).toBe('cancelled')
      earlier = { id, digest }
    }
    expect(done).toEqual([])
  })

  it('[S6] the question shows every character of the arguments, and one line of plain words', async () => {
    const { tools } = workingTools()
    const { call, asked, click } = openToolbox({ tools })
    const sending = call('send', { text: 'pay\u202Eevil\u200B\nLine\u2028two \u{E0041}' })
    const question = await asked()
    expect(question.arguments).toContain('pay\\u202eevil\\u200b\\nLine\\u2028two \\udb40\\udc41')
    expect(question.question).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u)
    expect(JSON.parse(question.arguments)).toEqual({ text: 'pay\u202Eevil\u200B\nLine\u2028two \u{E0041}' })
    click(question, false)
    await sending
  })
})
