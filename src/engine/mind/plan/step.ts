// What a step of a task has found out, for the steps behind it and for the answer.
import type { MindTool } from '../../ports.ts'
import type { Heard } from '../heard.ts'
import type { Script } from './script.ts'

export interface Found {
  /** For the answer; may be empty. */
  sentence: string
  /** What `its name` would be. */
  name: string | null
  /** What `it` would be, in few words. */
  value: string | null
  /** The file it is about, for a step that goes on with it. */
  path: string | null
  /** The text that was read. */
  text: string | null
  /** It says better what the step before said. */
  instead: boolean
}

export const found = (sentence: string, more: Partial<Found> = {}): Found => ({
  sentence,
  name: null,
  value: null,
  path: null,
  text: null,
  instead: false,
  ...more,
})

export interface StepKnown {
  tools: readonly MindTool[]
  /** The steps before, oldest first. */
  before: readonly Found[]
  when: { nowMs: number; timeZone: string }
  /** What needs no tool: sums, units, dates. Null when it is none of that. */
  reckon(heard: Heard): string | null
}

/** Null when the words mean something else. */
export type StepReader = (words: string, known: StepKnown) => Script<Found> | null

/** What was found last that has such a thing. */
export function lastWith<Field extends 'name' | 'value' | 'path' | 'text'>(
  known: StepKnown,
  field: Field,
): (Found & Record<Field, string>) | null {
  const last = known.before.findLast((one) => one[field] !== null)
  return (last as (Found & Record<Field, string>) | undefined) ?? null
}

export const refersBack =
  /^(?:it|its|them|that|this|those|these|the (?:file|page|text|result|answer|note|document|content|contents|same))\b/i
