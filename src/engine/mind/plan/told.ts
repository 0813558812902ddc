// What a chain wants done: the newest request in it, without what was quoted along with it, and what was done for it since.
import type { Memo } from '../../ports.ts'

export interface Told {
  request: string
  /** Everything since the request. */
  since: readonly Memo[]
  /** Everything before it. */
  before: readonly Memo[]
}

/** Words that ask for nothing new. */
const goOn = /^(?:please )?(?:go on|continue|carry on|proceed|keep going|resume)\b/i
/** A paragraph that only tells what went before. */
const quoted = /\n\s*\n(?=[^\n]{0,120}\b(?:before|context|background|earlier|conversation)\b[^\n]{0,120}:\s*\n)/i

/** Null when nobody has asked for anything. */
export function toldIn(memos: readonly Memo[]): Told | null {
  const at = memos.findLastIndex(
    (memo) => memo.type === 'message' && memo.role === 'user' && !goOn.test(memo.text.trim()),
  )
  const memo = memos[at]
  if (memo?.type !== 'message') return null
  const request = (memo.text.split(quoted, 1)[0] ?? '').trim()
  return request === '' ? null : { request, since: memos.slice(at + 1), before: memos.slice(0, at) }
}

const verbs =
  'note|write|save|remember|add|append|tell|say|read|open|count|find|search|list|look|show|give|report|put|create|make|summari[sz]e|fetch|get|calculate|compute|convert|echo|call|use|copy|check|store|keep|jot|how many|how much|what|which|when|who|where'
const between = new RegExp(
  `\\s*[,;]\\s+(?=(?:please )?(?:read|note|write|tell|count|open|list|save|search|find|add) )|(?:\\s*[,;]\\s*|\\s+|(?<=[.!?])\\s+)(?:(?:and|then|also|finally|after that|afterwards|next)[,\\s]+)+(?=(?:please )?(?:${verbs})\\b)|(?<=[a-z\\d)"”][.!?;])\\s+(?=(?:please |then |and |finally )*(?:${verbs})\\b)`,
  'i',
)
/** What ears make of “note its name”. Nobody has a name noticed. */
const noticed = /\bnotice (?:(?:its|the|that) )?(?=(?:name|size|path|title)\b)/gi
const polite =
  /^(?:(?:please|can you|could you|would you|will you|i want you to|i need you to|i'd like you to|i would like you to|kindly|hey|now|then|and|also|finally|just)[,\s]+)+/i

/** The request as single tasks, in their order: `Find the largest file and note its name` is two. */
export function tasksIn(request: string): string[] {
  return request
    .replace(noticed, 'note its ')
    .split(between)
    .map((part) =>
      part
        .replace(polite, '')
        .replace(/(?:[,\s]+please)?[\s.!?]+$/i, '')
        .trim(),
    )
    .filter((part) => part !== '')
    .slice(0, 12)
}
