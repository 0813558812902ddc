// A scripted model behind the engine's own protocol: counts with a tool as often as it was asked to, or reckons.
import type { Ask, Thought } from '../../src/engine/ports.ts'

/** `Count to 20 with the tool`: one call after the other, each from what the chain remembers. */
export function* countWithTool({ memos, tools }: Ask): Iterable<Thought> {
  const asked = memos.findLast((memo) => memo.type === 'message' && memo.role === 'user')
  const words = asked?.type === 'message' ? asked.text : ''
  const [, one, sign, other] = /(\d+) (times|plus) (\d+)/.exec(words) ?? []
  const sum = sign === 'times' ? Number(one) * Number(other) : Number(one) + Number(other)
  if (one !== undefined) {
    yield { type: 'text', text: `That's ${sum}.` }
    return
  }
  const wanted = Number(/to (\d+)/.exec(words)?.[1] ?? 0)
  const outputs = memos.flatMap((memo) => (memo.type === 'result' ? [memo.output] : []))
  const [tool] = tools
  if (tool !== undefined && outputs.length < wanted)
    yield { type: 'call', name: tool.name, arguments: JSON.stringify({ number: outputs.length + 1 }) }
  else yield { type: 'text', text: `Called ${outputs.length} times, the last answer was ${outputs.at(-1) ?? 'none'}.` }
}
