// 500 tampered or mistimed answers, and 2,000 generated calls: none of the first is executed, and what runs of the second is what
// was shown.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineTool } from '../../../src/main/agent/tool.ts'
import { openToolbox, type OpenedToolbox } from '../../support/opened-toolbox.ts'
import { workingTools } from '../../support/noted-tools.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { wording } from '../../../src/core/language/wording.ts'

async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve))
}

type Hand = (box: OpenedToolbox, random: (below: number) => number) => void

const current = (box: OpenedToolbox): { id: string; digest: string } =>
  box.toolbox.approvals()[0] ?? { id: '', digest: '' }
const click = (box: OpenedToolbox): boolean => {
  const { id, digest } = current(box)
  return box.toolbox.answer(id, digest, true)
}

/** Each is given a box with one question that was just put, and a second call behind it. None may execute the second … */
const hands: Record<string, Hand> = {
  'a double click': (box, random) => {
    box.clock.pass(600)
    click(box)
    box.clock.pass(30 + random(771))
    click(box)
  },
  'a triple click': (box, random) => {
    box.clock.pass(600)
    for (let at = 0; at < 3; at++) {
      click(box)
      box.clock.pass(30 + random(300))
    }
  },
  'a key held down': (box, random) => {
    const everyMs = 20 + random(40)
    for (let at = 0; at < 200; at++) {
      box.clock.pass(everyMs)
      click(box)
    }
  },
  'a card that moves': (box, random) => {
    for (let at = 0; at < 10; at++) {
      box.clock.pass(200 + random(300))
      box.toolbox.moved()
      box.clock.pass(random(499))
      click(box)
    }
  },
  'a window that takes the focus': (box, random) => {
    box.clock.pass(5_000 + random(5_000))
    box.toolbox.moved()
    box.clock.pass(random(500))
    click(box)
  },
  'an answer too early': (box, random) => {
    box.clock.pass(random(500))
    click(box)
  },
  'an answer too late': (box, random) => {
    const { id, digest } = current(box)
    box.clock.pass(60_000 + random(5_000))
    box.toolbox.answer(id, digest, true)
  },
  'another digest': (box, random) => {
    const { id, digest } = current(box)
    box.clock.pass(600)
    const at = random(64)
    box.toolbox.answer(id, digest.slice(0, at) + (digest[at] === '0' ? '1' : '0') + digest.slice(at + 1), true)
  },
  'another question’s id': (box, random) => {
    const { id, digest } = current(box)
    box.clock.pass(600)
    box.toolbox.answer(`${id}${random(10)}`, digest, true)
  },
  'the answer of one that is over': (box, random) => {
    const { id, digest } = current(box)
    box.clock.pass(600)
    box.toolbox.answer(id, digest, false)
    box.clock.pass(500 + random(2_000))
    box.toolbox.answer(id, digest, true)
  },
}

describe('answers that were not meant', () => {
  it('[S32] of 500 tampered or mistimed ones none is executed', async () => {
    const random = seededRandom(11)
    const below = (limit: number): number => Math.floor(random() * limit)
    const names = Object.keys(hands)
    let executed = 0
    for (let attempt = 0; attempt < 500; attempt++) {
      const { tools, done } = workingTools()
      const box = openToolbox({ tools })
      const calls = ['first', 'second'].map((text) => box.call('send', { text }))
      await settle()
      const name = names[attempt % names.length]!
      // A hand that means the first question and clicks on executes that one; the next it never saw.
      const meant = name.endsWith('click') ? 1 : 0
      hands[name]!(box, below)
      await settle()
      if (done.length > meant || done.some(({ text }) => text !== 'first')) executed++
      await box.toolbox.close()
      await Promise.all(calls)
    }
    expect(executed).toBe(0)
  })
})

/** Characters of every kind that a model can write. */
const alphabet = [
  ...Array.from('abcXYZ 019"\\/\n\t{}[]:,<&'),
  'é',
  'я',
  'а',
  'ο',
  '中',
  '\u200B',
  '\u202E',
  '\u3164',
  '\uFE0F',
  '\u{E0041}',
  '😀',
  '\u2800',
  '\u0000',
  '\uD800',
]

describe('what is shown', () => {
  it('[S30] is what runs, for 2,000 generated calls', async () => {
    const random = seededRandom(13)
    const below = (limit: number): number => Math.floor(random() * limit)
    const text = (): string => Array.from({ length: below(24) }, () => alphabet[below(alphabet.length)]!).join('')
    const value = (depth: number): unknown =>
      depth === 0 || random() < 0.5
        ? random() < 0.7
          ? text()
          : below(1e9)
        : random() < 0.5
          ? [value(depth - 1), text()]
          : { [text()]: value(depth - 1) }
    const ran: unknown[] = []
    const tool = defineTool({
      name: 'do',
      description: 'do',
      risk: 'changes',
      asks: 'always',
      schema: z.strictObject({ what: z.json() }),
      describe: () => wording('step.using', { name: 'Doing' }),
      settle: ({ what }) => ({ seen: JSON.stringify(what).length }),
      facts: ({ seen }) => [{ name: 'Now', value: String(seen) }],
      run: async ({ what }, { settled }) => {
        ran.push([what, settled.seen])
        return { text: '', untrusted: null }
      },
    })
    for (let count = 0; count < 2_000; count++) {
      const box = openToolbox({ tools: [tool] })
      const given = { what: value(3) }
      const calling = box.call('do', given)
      const { arguments: shown, facts, ...question } = await box.asked()
      // Every character that is shown is one that can be seen, and read back it is what was asked for.
      expect(shown).toMatch(/^[\n\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u)
      expect(shown).not.toMatch(/\p{Default_Ignorable_Code_Point}|\u2800/u)
      box.click({ arguments: shown, facts, ...question }, true)
      await calling
      expect(ran.at(-1)).toEqual([(JSON.parse(shown) as { what: unknown }).what, Number(facts[0]!.value)])
      expect(ran).toHaveLength(count + 1)
    }
  })
})
