// Decides about tools: call one, ask for what it needs, or leave it. Pure; it keeps no memory but the conversation's.
import type { Ask, Memo, MindTool, Thought } from '../../ports.ts'
import { understand } from '../heard.ts'
import type { Heard } from '../heard.ts'
import { callFrom, matchTools, strongFrom } from './match.ts'
import { paramsOf, wordsOfName } from './schema.ts'
import type { Param } from './schema.ts'
import { fill, valueOfReply } from './slots.ts'
import { sayResult } from './wording.ts'

interface When {
  nowMs: number
  timeZone: string
}

/** How sure the words have to be: `named` before the skills, `meant` after them. */
export type Sureness = 'named' | 'meant'

/** Null when no tool is to be used, by the words or by `toolChoice`. */
export function useTool(heard: Heard, ask: Ask, when: When, sureness: Sureness): Thought | null {
  if (ask.toolChoice === 'none' || ask.tools.length === 0) return null
  const best = matchTools(heard, ask.tools)[0]
  const enough = best !== undefined && best.score >= (sureness === 'named' ? strongFrom : callFrom)
  return enough ? callOrAsk(best.tool, heard, when) : null
}

/** For `required` or a name: the tool is used whatever the words are. Null when nothing is forced, or no such tool is there. */
export function useForcedTool(heard: Heard, ask: Ask, when: When): Thought | null {
  const { toolChoice, tools } = ask
  if (toolChoice === 'auto' || toolChoice === 'none') return null
  const tool =
    toolChoice === 'required'
      ? (matchTools(heard, tools)[0]?.tool ?? tools[0])
      : tools.find(({ name }) => name === toolChoice.name)
  if (tool === undefined) return null
  const { values, missing } = fill(tool, heard, when)
  // A forced call takes the words themselves for what is left, as far as they are words.
  const whole = missing.filter((param) => param.type === 'string' && param.values.length === 0 && heard.plain !== '')
  const given = Object.fromEntries(whole.map((param) => [param.name, heard.plain]))
  return callOrAsk(tool, heard, when, { ...values, ...given })
}

function callOrAsk(tool: MindTool, heard: Heard, when: When, given: Parameters<typeof fill>[3] = {}): Thought {
  const { values, missing } = fill(tool, heard, when, given)
  const first = missing[0]
  if (first !== undefined) return { type: 'text', text: questionFor(tool, first) }
  return { type: 'call', name: tool.name, arguments: JSON.stringify(values) }
}

function questionFor(tool: MindTool, param: Param): string {
  const name = wordsOfName(tool.name)
  const subject = name.replace(/^(?:get|fetch|find|look up|lookup|show|check|read|query) (?:the |current )*/, 'the ')
  const choice =
    param.values.length > 1 && param.values.length < 6 ? `: ${param.values.map(wordsOfName).join(' or ')}` : ''
  return `To use ${subject}, I need to know the ${wordsOfName(param.name)}${choice}. What should it be?`
}

/** The person answers what a tool still needed: their first words and every reply since fill it. */
export function continueTool(heard: Heard, memos: readonly Memo[], ask: Ask, when: When): Thought | null {
  if (ask.toolChoice === 'none' || /^(?:never ?mind|cancel|stop|forget it|nothing)\b/.test(heard.text)) return null
  for (const tool of ask.tools) {
    const params = paramsOf(tool).filter((param) => param.required)
    const askedFor = (memo: Memo | undefined): Param | undefined =>
      memo?.type === 'message' && memo.role === 'assistant'
        ? params.find((param) => questionFor(tool, param) === memo.text.trim())
        : undefined
    const talk = memos.filter((memo) => memo.type === 'message' && memo.role !== 'system')
    const given: NonNullable<Parameters<typeof fill>[3]> = {}
    let reply = heard
    let at = talk.length - 1
    for (let param = askedFor(talk[at]); param !== undefined; param = askedFor(talk[at])) {
      const value = valueOfReply(param, reply)
      if (value === null) return { type: 'text', text: questionFor(tool, param) }
      given[param.name] ??= value
      const before = talk[at - 1]
      reply = understand(before?.type === 'message' ? before.text : '')
      at -= 2
    }
    if (Object.keys(given).length > 0) return callOrAsk(tool, reply, when, given)
  }
  return null
}

/** The results that came after everything said, in words; null when the conversation does not end in one. */
export function sayResults(memos: readonly Memo[]): string | null {
  const from = memos.findLastIndex((memo) => memo.type === 'message' && memo.role !== 'system')
  const results = memos.slice(from + 1).filter((memo) => memo.type === 'result')
  if (results.length === 0) return null
  const said = results.slice(-4).map((result) => {
    const call = memos.find((memo) => memo.type === 'call' && memo.callId === result.callId)
    return sayResult(result.output, call?.type === 'call' ? call : null)
  })
  return said.join(' ')
}
