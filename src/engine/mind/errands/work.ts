// The built-in mind at work: the errands that it understands, one call after the other, and a refusal for everything else.
// Pure: called anew for every response of a chain, it finds its place from the calls that the chain remembers.
import type { Ask, Memo, Thought } from '../../ports.ts'
import { useForcedTool } from '../tools/use.ts'
import { understand } from '../../language/heard.ts'
import { carryOut } from './carry-out.ts'
import { readErrands } from './errand.ts'
import { replay } from './script.ts'

/** Words that ask for nothing new. */
const goOn = /^(?:please )?(?:go on|continue|carry on|proceed|keep going|resume)\b/i
/** A paragraph that only tells what went before. */
const quoted = /\n\s*\n(?=[^\n]{0,120}\b(?:before|context|background|earlier|conversation)\b[^\n]{0,120}:\s*\n)/i

export const notUnderstood =
  "I can't do that without a model: I can find, count and read files, read pages and notes, note things down, and use a tool that is named."

const notSeen = `I can't see pictures. ${notUnderstood}`

/** The calls to make now, or the answer. */
export function workStep(ask: Ask): Thought[] {
  const at = ask.memos.findLastIndex(
    (memo) => memo.type === 'message' && memo.role === 'user' && !goOn.test(memo.text.trim()),
  )
  const request = textOf(ask.memos[at]).split(quoted, 1)[0]?.trim() ?? ''
  const since = ask.memos.slice(at + 1)
  const forced = since.length === 0 ? useForcedTool(understand(request), ask) : null
  if (forced !== null) return [forced]
  const errands = readErrands(request)
  if (errands === null) return [{ type: 'refusal', text: showsPictures(ask.memos[at]) ? notSeen : notUnderstood }]
  const step = replay(carryOut(errands, ask.tools), since)
  if (step.type === 'ended') return [{ type: step.result.isDone ? 'text' : 'refusal', text: step.result.text }]
  if (ask.toolChoice === 'none') return [{ type: 'refusal', text: "I'd need a tool for that, and I may not use one." }]
  return [{ type: 'call', name: step.call.name, arguments: JSON.stringify(step.call.arguments) }]
}

const showsPictures = (memo: Memo | undefined): boolean => memo?.type === 'message' && (memo.pictures ?? 0) > 0
const textOf = (memo: Memo | undefined): string => (memo?.type === 'message' ? memo.text : '')
