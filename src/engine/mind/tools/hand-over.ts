// What the voice gives to an agent that works beside it: files, notes, the web and long work. It says so and goes on
// talking; small talk, sums and what this machine knows stay with the voice.
import type { Ask, MindTool, Thought } from '../../ports.ts'
import type { Heard } from '../heard.ts'
import { toolFor } from '../plan/kit.ts'
import { pick } from '../skill.ts'
import { delegateFor, wantsSomething } from './match.ts'
import { paramsOf, wordsOfName } from './schema.ts'

const acknowledgements = ["I'm on it. ", "I'll see to that. ", 'Let me look into it. '] as const

const heavy =
  /\b(?:files?|folders?|director(?:y|ies)|documents?|pdfs?|spreadsheets?)\b|\bhttps?:|\bwww\.|\bweb ?(?:sites?|pages?)\b|\bon the (?:web|internet)\b|\bonline\b|\bsearch (?:the )?(?:web|internet)\b|\bask (?:the |your |my )?agent\b|\b(?:research|investigate)\b|\bin the background\b|\b[\w-]+\.(?:txt|md|csv|json|pdf|docx?|html?|log|ya?ml|ts|js|py)\b|\b\w+ tool\b/i
const aboutNotes =
  /\bmy notes?\b|^(?:please )?(?:take|make|write|add|keep) (?:me )?a? ?notes?\b|^(?:please )?note (?:that|down|:)|^(?:please )?(?:write|jot) (?:this |that |it )?down\b/i
const progress =
  /\b(?:how (?:is|are) (?:it|that|this|things|everything|the (?:task|tasks|work|search|agent)|your (?:task|work)) (?:going|coming(?: along)?|doing|getting on)|how far (?:are|is|have|did)|any (?:progress|news|luck)|(?:are you|is (?:it|that|the task|the agent)) (?:done|finished|ready|still)|what (?:are you|is the agent) (?:doing|working on)|status|progress)\b/i
const ending =
  /\b(?:cancel|stop|abort|end|drop|forget|kill|call off)\b.*\b(?:tasks?|agent|job|work|search|research|what you are doing|working on)\b/i
const asking =
  /^(?:please )?(?:ask|tell|have|get|let) (?:the |my |your )?(?:agent|assistant)(?: to| about| for| if| whether)? (.+)$/is

/** Null when the voice answers by itself. */
export function handOver(heard: Heard, ask: Ask, random: () => number): Thought[] | null {
  if (ask.toolChoice !== 'auto' || heard.text === '') return null
  const about = aboutTasks(heard, ask)
  if (about !== null) return [about]
  const agent = agentAmong(ask.tools)
  if (agent === null || !wantsSomething(heard)) return null
  const hasOwnNotes = toolFor('note', ask.tools) !== null || toolFor('search-notes', ask.tools) !== null
  const isForAgent = heavy.test(heard.raw) || (aboutNotes.test(heard.plain) && !hasOwnNotes)
  return isForAgent ? give(agent, heard, random) : null
}

/** For what nobody else can do. */
export function handOverAtLast(heard: Heard, ask: Ask, random: () => number): Thought[] | null {
  const agent = ask.toolChoice === 'auto' ? delegateFor(heard, ask.tools) : null
  return agent === null ? null : give(agent, heard, random)
}

function give(agent: MindTool, heard: Heard, random: () => number): Thought[] {
  const free = paramsOf(agent).find(({ required, type }) => required && type === 'string')
  if (free === undefined) return []
  // The words as they came: a file's name is not to be levelled.
  const words = heard.raw.replace(/\s+/g, ' ').trim()
  const task = asking.exec(words)?.[1] ?? words
  return [
    { type: 'text', text: pick(random, acknowledgements) },
    { type: 'call', name: agent.name, arguments: JSON.stringify({ [free.name]: task }) },
  ]
}

/** How the tasks are going, and ending one: only where there is a tool for it and a task to speak of. */
function aboutTasks({ text }: Heard, { tools, memos }: Ask): Thought | null {
  const agent = agentAmong(tools)
  const begun = memos.some((memo) => memo.type === 'call' && memo.name === agent?.name)
  const named = /\b(?:tasks?|agent)\b/.test(text)
  if (!begun && !named) return null
  const wanted = ending.test(text)
    ? /\b(?:cancel|stop|abort|end)\b/
    : progress.test(text)
      ? /\b(?:status|progress)\b/
      : null
  const tool = tools.find(({ name }) => {
    const words = wordsOfName(name)
    return wanted?.test(words) === true && /\b(?:tasks?|agent|work|jobs?)\b/.test(words)
  })
  return tool === undefined || paramsOf(tool).some(({ required }) => required)
    ? null
    : { type: 'call', name: tool.name, arguments: '{}' }
}

const agentAmong = (tools: readonly MindTool[]): MindTool | null =>
  tools.find(
    (tool) =>
      /\b(?:agent|delegate)\b/.test(wordsOfName(tool.name)) &&
      paramsOf(tool).filter(({ required }) => required).length === 1,
  ) ?? null
