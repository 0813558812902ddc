// Decides about tools: call one, ask for what it needs, or leave it. Pure; it keeps no memory but the conversation's.
import type { Ask, Memo, MindTool, Thought } from '../../ports.ts'
import { understand } from '../../language/heard.ts'
import type { Heard } from '../../language/heard.ts'
import { fill, toolMeant, valueOfReply, type NamedUse, type Value } from './named.ts'
import { paramsOf, wordsOfName } from './schema.ts'
import type { Param } from './schema.ts'
import { sayResult } from './wording.ts'

/** Null when no tool is to be used, by the words or by `toolChoice`. */
export function useTool(heard: Heard, ask: Ask): Thought | null {
  const tool = ask.toolChoice === 'none' ? null : toolMeant(heard, ask.tools)
  return tool === null ? null : callOrAsk(fill(tool, heard))
}

/** For `required` or a name: the tool is used whatever the words are. Null when nothing is forced, or no such tool is there. */
export function useForcedTool(heard: Heard, { toolChoice, tools }: Ask): Thought | null {
  if (toolChoice === 'auto' || toolChoice === 'none') return null
  const tool =
    toolChoice === 'required'
      ? (toolMeant(heard, tools) ?? tools[0])
      : tools.find(({ name }) => name === toolChoice.name)
  if (tool === undefined) return null
  const { values } = fill(tool, heard)
  // A forced call takes the words themselves for what is left, as far as they are words.
  const whole = paramsOf(tool).filter(
    ({ name, type, values: choices, required }) =>
      required && !(name in values) && type === 'string' && choices.length === 0 && heard.plain !== '',
  )
  return callOrAsk(fill(tool, heard, Object.fromEntries(whole.map(({ name }) => [name, heard.plain]))))
}

function callOrAsk({ tool, values, missing }: NamedUse): Thought {
  if (missing !== null) return { type: 'text', text: questionFor(tool, missing) }
  return { type: 'call', name: tool.name, arguments: JSON.stringify(values) }
}

function questionFor(tool: MindTool, param: Param): string {
  const subject = wordsOfName(tool.name).replace(
    /^(?:get|fetch|find|look up|show|check|read|query) (?:current )*/,
    'the ',
  )
  const choice =
    param.values.length > 1 && param.values.length < 6 ? `: ${param.values.map(wordsOfName).join(' or ')}` : ''
  return `To use ${subject}, I need to know the ${wordsOfName(param.name)}${choice}. What should it be?`
}

/** The person answers what a tool still needed: their first words and every reply since fill it. */
export function continueTool(heard: Heard, memos: readonly Memo[], ask: Ask): Thought | null {
  if (ask.toolChoice === 'none' || /^(?:never ?mind|cancel|stop|forget it|nothing)\b/.test(heard.text)) return null
  for (const tool of ask.tools) {
    const params = paramsOf(tool).filter((param) => param.required)
    const askedFor = (memo: Memo | undefined): Param | undefined =>
      memo?.type === 'message' && memo.role === 'assistant'
        ? params.find((param) => questionFor(tool, param) === memo.text.trim())
        : undefined
    const talk = memos.filter((memo) => memo.type === 'message' && memo.role !== 'system')
    const given: Record<string, Value> = {}
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
    if (Object.keys(given).length > 0) return callOrAsk(fill(tool, reply, given))
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
    return sayResult(result.output, call?.type === 'call' ? call.name : null)
  })
  return said.join(' ')
}
