// What the voice gives to the agent that works beside it: the errands that the agent's tools can run, wholly understood.
// A question about the world, a misheard sentence and a follow-up are none.
import type { Ask, Memo, MindTool, Thought } from '../../ports.ts'
import type { Heard } from '../../language/heard.ts'
import { readErrands } from '../errands/errand.ts'
import { paramsOf, wordsOfName } from './schema.ts'

const progress =
  /\b(?:how (?:is|are) (?:it|that|this|things|everything|the (?:task|tasks|work|search|agent)|your (?:task|work)) (?:going|coming(?: along)?|doing|getting on)|how far (?:are|is|have|did)|any (?:progress|news|luck)|(?:are you|is (?:it|that|the task|the agent)) (?:done|finished|ready|still)|what (?:are you|is the agent) (?:doing|working on)|status|progress)\b/i
const ending =
  /\b(?:cancel|stop|abort|end|drop|forget|kill|call off)\b.*\b(?:tasks?|agent|job|work|search|research|what you are doing|working on)\b/i

/** Null when the voice answers by itself. */
export function handOver(heard: Heard, ask: Ask): Thought | null {
  if (ask.toolChoice !== 'auto' || heard.text === '') return null
  const agent = agentAmong(ask.tools)
  if (agent === null) return null
  const about = aboutTasks(heard, ask, agent)
  if (about !== null) return about
  const free = paramsOf(agent).find(({ required, type }) => required && type === 'string')
  // The words as they came: a file's name is not to be levelled.
  const task = heard.raw.replace(/\s+/g, ' ').trim()
  if (free === undefined || readErrands(task) === null) return null
  return { type: 'call', name: agent.name, arguments: JSON.stringify({ [free.name]: task }) }
}

/** How the tasks are going, and ending one: where one is under way, or tasks are named. */
function aboutTasks({ text }: Heard, { tools, memos }: Ask, agent: MindTool): Thought | null {
  if (!isUnderWay(memos, agent) && !/\b(?:tasks?|agent)\b/.test(text)) return null
  const wanted = ending.test(text) ? /\b(?:cancel|stop)\b/ : progress.test(text) ? /\b(?:status|progress)\b/ : null
  const tool = tools.find(({ name }) => {
    const words = wordsOfName(name)
    return wanted?.test(words) === true && /\b(?:tasks?|agent|work|jobs?)\b/.test(words)
  })
  return tool === undefined || paramsOf(tool).some(({ required }) => required)
    ? null
    : { type: 'call', name: tool.name, arguments: '{}' }
}

/** Whether a task was begun whose end was not told yet: of an old one nobody speaks who asks how it is going. */
function isUnderWay(memos: readonly Memo[], agent: MindTool): boolean {
  const results = (name: (one: string) => boolean): string[] =>
    memos.flatMap((memo) => {
      const call =
        memo.type === 'result' ? memos.find((one) => one.type === 'call' && one.callId === memo.callId) : null
      const named = memo.type === 'result' && call?.type === 'call' && name(call.name)
      return named ? [/"task"\s*:\s*"([^"]+)"/.exec(memo.output)?.[1] ?? ''] : []
    })
  const ended = results((name) => name === 'task_result')
  return results((name) => name === agent.name).some((task) => task !== '' && !ended.includes(task))
}

const agentAmong = (tools: readonly MindTool[]): MindTool | null =>
  tools.find(
    (tool) =>
      /\b(?:agent|delegate)\b/.test(wordsOfName(tool.name)) &&
      paramsOf(tool).filter(({ required }) => required).length === 1,
  ) ?? null
