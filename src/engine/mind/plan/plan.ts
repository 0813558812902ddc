// The offline mind at work: reads a task into steps, each done with the tools at hand, and says what came of them. Pure:
// called anew for every response of a chain, it finds its place from the calls that the chain remembers.
import type { Ask, Thought } from '../../ports.ts'
import { understand, type Heard } from '../heard.ts'
import { wordsOfName } from '../tools/schema.ts'
import { useForcedTool } from '../tools/use.ts'
import { openLink, setReminder, setTimer } from './deed-steps.ts'
import { countFiles, countInFile, findExtreme, readOne, searchFiles, showFiles, writeOne } from './file-steps.ts'
import { CannotDo } from './files.ts'
import {
  countWithTool,
  keepNote,
  readPage,
  reckonOne,
  searchNotes,
  tellAgain,
  useMeant,
  useNamed,
} from './other-steps.ts'
import { replay, type Script } from './script.ts'
import { found, type Found, type StepReader } from './step.ts'
import { tasksIn, toldIn } from './told.ts'

export interface PlanParts {
  when: { nowMs: number; timeZone: string }
  /** What needs no tool; null when it is none of that. */
  reckon(heard: Heard): string | null
}

/** From what is said for sure to what is only likely. */
const readers: readonly StepReader[] = [
  countWithTool,
  setTimer,
  setReminder,
  openLink,
  readPage,
  searchNotes,
  writeOne,
  keepNote,
  findExtreme,
  countInFile,
  countFiles,
  searchFiles,
  readOne,
  showFiles,
  useNamed,
  tellAgain,
  reckonOne,
  useMeant,
]

/** The calls to make now, or the answer. */
export function planStep(ask: Ask, parts: PlanParts): Thought[] {
  const told = toldIn(ask.memos)
  if (told === null) return [{ type: 'text', text: 'What can I do?' }]
  const forced = told.since.length === 0 ? useForcedTool(understand(told.request), ask, parts.when) : null
  if (forced !== null) return [forced]
  const step = replay(work(told.request, ask, parts), told.since)
  if (step.type === 'answer') return [{ type: 'text', text: step.text }]
  if (ask.toolChoice === 'none') return [{ type: 'text', text: "I'd need a tool for that, and I may not use one now." }]
  return step.calls.map(({ name, arguments: args }) => ({ type: 'call', name, arguments: JSON.stringify(args) }))
}

function* work(request: string, ask: Ask, parts: PlanParts): Script<string> {
  const results: Found[] = []
  for (const task of tasksIn(request)) {
    const script = readStep(task, { ...parts, tools: ask.tools, before: results })
    try {
      results.push(script === null ? cannot(task, ask) : yield* script)
    } catch (failure) {
      if (!(failure instanceof CannotDo)) throw failure
      // What comes next would build on what is missing.
      return said([...results, found(`I couldn't ${lowered(task)}: ${closed(failure.message)}`)])
    }
  }
  return said(results)
}

function readStep(task: string, known: Parameters<StepReader>[1]): Script<Found> | null {
  for (const read of readers) {
    const script = read(task, known)
    if (script !== null) return script
  }
  return null
}

function cannot(task: string, ask: Ask): Found {
  const names = ask.tools.slice(0, 8).map(({ name }) => wordsOfName(name))
  const can = names.length === 0 ? 'I have no tools here' : `With my tools I can ${names.join(', ')}`
  return found(`I don't know how to ${lowered(task)}. ${can}.`)
}

const said = (results: readonly Found[]): string =>
  results
    .map(({ sentence }, at) => (results[at + 1]?.instead === true ? '' : sentence))
    .filter((sentence) => sentence !== '')
    .join(' ') || 'Done.'

const lowered = (task: string): string => task.charAt(0).toLowerCase() + task.slice(1)
const closed = (reason: string): string => (/[.!?]$/.test(reason) ? reason : `${reason}.`)
