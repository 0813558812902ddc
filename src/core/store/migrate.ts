// Versions of what is stored. An older value is lifted step by step to today's shape and then checked; a newer one is
// read as far as today's shape allows and must never be written to. Which bytes hold a value is record.ts's business.
import { z } from 'zod'
import { changeSchema, fateSchema } from '../conversation/change.ts'
import { picturesSchema } from '../pictures/picture-schema.ts'
import type { Conversation, TaskEntry, ToolCall, Turn } from '../conversation/reduce.ts'
import { bounded } from '../conversation/usage.ts'

export interface Format<Value> {
  /** Today's version; versions count from 1. */
  version: number
  /** `steps[n]` turns a value of version n into one of n + 1. It may throw on nonsense. */
  steps: Readonly<Record<number, (older: unknown) => unknown>>
  schema: z.ZodType<Value>
}

export type Migrated<Value> =
  | { type: 'current'; value: Value }
  /** Written by a newer Parley; `value` is null when today's shape does not fit it. */
  | { type: 'newer'; value: Value | null }
  | { type: 'broken'; reason: string }

export function migrate<Value>(format: Format<Value>, version: number, stored: unknown): Migrated<Value> {
  if (version > format.version) {
    const read = format.schema.safeParse(stored)
    return { type: 'newer', value: read.success ? read.data : null }
  }
  const lifted = lift(format, version, stored)
  if (lifted.type === 'broken') return lifted
  const read = format.schema.safeParse(lifted.value)
  if (read.success) return { type: 'current', value: read.data }
  return { type: 'broken', reason: read.error.issues.map((issue) => issue.path.join('.')).join(', ') }
}

function lift(format: Format<unknown>, from: number, stored: unknown): Exclude<Migrated<unknown>, { type: 'newer' }> {
  let value = stored
  for (let version = from; version < format.version; version += 1) {
    const step = format.steps[version]
    if (step === undefined) return { type: 'broken', reason: `there is no way from version ${version}` }
    try {
      value = step(value)
    } catch {
      return { type: 'broken', reason: `it does not fit version ${version}` }
    }
  }
  return { type: 'current', value }
}

/** One record of a journal, without the number that stands in front of it. */
export const changeFormat: Format<{ atMs: number; change: z.infer<typeof changeSchema> }> = {
  version: 5,
  // Each version knows more kinds of changes; what an older one wrote still is what it was.
  steps: { 1: (older) => older, 2: (older) => older, 3: (older) => older, 4: (older) => older },
  schema: z.object({ atMs: z.number(), change: changeSchema }),
}

const milliseconds = z.number()
const turnSchema = z.object({
  id: z.string(),
  role: z.enum(['user', 'assistant']),
  via: z.enum(['voice', 'text']),
  startedMs: milliseconds,
  text: z.string(),
  audioMs: milliseconds,
  playedMs: milliseconds.nullable(),
  state: z.discriminatedUnion('type', [
    z.object({ type: z.literal('open') }),
    z.object({ type: z.literal('final') }),
    z.object({ type: z.literal('cut'), heard: z.string(), playedMs: milliseconds }),
    z.object({ type: z.literal('failed'), reason: z.string() }),
  ]),
  fate: fateSchema.optional(),
  pictures: picturesSchema.optional(),
})

const toolSchema = z.object({
  call: z.string(),
  after: z.string().nullable(),
  name: z.string(),
  arguments: z.string(),
  state: z.enum(['asked', 'running', 'ended', 'failed', 'cancelled', 'unknown']),
  output: z.string(),
  task: z.string().nullable(),
})

const taskSchema = z.object({
  id: z.string(),
  request: z.string(),
  after: z.string().nullable(),
  startedMs: milliseconds,
  endedMs: milliseconds.nullable(),
  state: z.enum(['working', 'done', 'failed', 'cancelled', 'draft']),
  result: z.string(),
  tokens: z.number().nonnegative(),
})

const withTools = z.looseObject({ tools: z.array(z.looseObject({})) })

/** Version 1 had no tasks, and tools that belonged to none. */
function addTasks(older: unknown): unknown {
  const conversation = withTools.parse(older)
  return { ...conversation, tools: conversation.tools.map((tool) => ({ ...tool, task: null })), tasks: [] }
}

/** Version 2 could not go back. */
function addCheckpoints(older: unknown): unknown {
  return { ...z.looseObject({}).parse(older), leftOut: [], checkpoints: [], rolledBack: null, draft: null }
}

export const listSchemas = { turns: turnSchema, tools: toolSchema, tasks: taskSchema }
export type ListName = keyof typeof listSchemas

/** Sums that an earlier version let grow beyond what can be read as a whole number. */
const count = z
  .number()
  .nonnegative()
  .transform((sum) => bounded(Math.floor(sum)))

/** Not counted in older records. */
const later = count.default(0)
const restSchema = z.object({
  id: z.string(),
  title: z.string(),
  startedMs: milliseconds,
  changedMs: milliseconds,
  seq: z.number().int().nonnegative(),
  summary: z.object({ text: z.string(), through: z.string() }).nullable(),
  leftOut: z.array(
    z.object({
      of: z.enum(['turn', 'call', 'summary']),
      id: z.string(),
      endpoint: z.string(),
      reason: z.string(),
    }),
  ),
  checkpoints: z.array(z.object({ seq: z.number().int().nonnegative(), turn: z.string() })),
  rolledBack: z
    .object({
      turns: z.array(turnSchema),
      tools: z.array(toolSchema),
      why: z.enum(['failed', 'taken-back']),
      after: z.string().nullish(),
      standing: z.array(z.string()).default([]),
    })
    .nullable(),
  draft: z.string().nullable(),
  sessions: z.number().int().nonnegative(),
  usage: z.object({
    inputTextTokens: count,
    inputAudioTokens: count,
    inputImageTokens: later,
    cachedTokens: count,
    cachedAudioTokens: later,
    cachedImageTokens: later,
    cacheWriteTokens: later,
    outputTextTokens: count,
    outputAudioTokens: count,
    heardMs: later,
    searches: later,
  }),
})

/** A part of a list: in this file, or in a segment that is so many entries long. */
export type Part<Entry> = { segment: number; count: number } | { entries: readonly Entry[] }

/** A conversation as its snapshot holds it since version 5. */
export interface Head extends Omit<Conversation, ListName> {
  turns: readonly Part<Turn>[]
  tools: readonly Part<ToolCall>[]
  tasks: readonly Part<TaskEntry>[]
}

const partsOf = <Entry extends z.ZodType>(entry: Entry) =>
  z.array(
    z.union([
      z.object({ segment: z.number().int().positive(), count: z.number().int().positive() }),
      z.object({ entries: z.array(entry) }),
    ]),
  )

export const headSchema: z.ZodType<Head> = restSchema.extend({
  turns: partsOf(turnSchema),
  tools: partsOf(toolSchema),
  tasks: partsOf(taskSchema),
})

/** The whole fold. */
export const conversationFormat: Format<Conversation> = {
  version: 6,
  // Version 3 knew no fates and took back only what stood last; both are absent then. Version 4 had everything in one file;
  // version 5 knew no pictures.
  steps: { 1: addTasks, 2: addCheckpoints, 3: (older) => older, 4: (older) => older, 5: (older) => older },
  schema: restSchema.extend({ turns: z.array(turnSchema), tools: z.array(toolSchema), tasks: z.array(taskSchema) }),
}
