// A call of a function as a fresh session is given it: what was asked for, and what came of it. Pure.
import type { WireItem } from '../realtime/events.ts'
import { functionCall, functionOutput } from '../realtime/function-calls.ts'
import type { ToolCall } from './conversation.ts'
import { shortened, wellFormed } from './shorten.ts'

/** One very long output must not push all others out. */
const mostCharacters = { arguments: 1_000, output: 2_000 }

export function lengthOf({ name, arguments: given, output }: ToolCall): number {
  return name.length + Math.min(given.length, mostCharacters.arguments) + Math.min(output.length, mostCharacters.output)
}

export function restoreCall(tool: ToolCall): WireItem[] {
  const given = wellFormed(tool.arguments)
  // Cut in two, arguments would be no JSON any more.
  const short = JSON.stringify({ shortened: given.slice(0, mostCharacters.arguments) })
  const text = given.length > mostCharacters.arguments ? wellFormed(short) : given
  const output = shortened(wellFormed(tool.output), mostCharacters.output)
  const asked = functionCall({ ...tool, arguments: text })
  // One that still runs is known to have been asked for, so that it is not asked for again; its output follows.
  return isRunning(tool) ? [asked] : [asked, functionOutput(tool.call, output)]
}

export function isRunning({ state }: ToolCall): boolean {
  return state === 'asked' || state === 'running'
}
