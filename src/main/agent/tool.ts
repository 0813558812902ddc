// What a tool is: a name and a schema for the model, words and a risk for the person, and a way to act. A call is prepared
// first, so that what is shown to the person and what runs afterwards are one and the same value.
import { z } from 'zod'
import type { Asks } from '../../core/agent/approval.ts'
import type { Risk } from '../../core/agent/task.ts'

export interface ToolOutput {
  text: string
  /** Whose words they are when not our own: `the page example.org`. Null only for what nobody else could have written. */
  untrusted: string | null
}

/** A call whose arguments fit, ready to run. */
export interface PreparedCall {
  /** As they were understood; exactly these are shown, digested and used. */
  arguments: unknown
  /** In plain words: `Reading notes.md`. */
  describe: string
  /** One sentence for the person. Rejects with ToolError when the call can't be done anyway. */
  question(): Promise<string>
  /** Rejects with ToolError when nothing has happened, with OutcomeUnknown when something may have. */
  run(signal: AbortSignal): Promise<ToolOutput>
}

export interface Tool {
  name: string
  /** `built-in`, or the name of the server it comes from. */
  from: string
  description: string
  risk: Risk
  asks: Asks
  /** JSON schema of the arguments object. */
  parameters: unknown
  /** Null when the arguments don't fit; `why` is for the model. */
  prepare(given: Record<string, unknown>): PreparedCall | { why: string }
}

/** It could not be done and nothing has changed; the message is for the model and the person. */
export class ToolError extends Error {
  override readonly name = 'ToolError'
  /** What the other side said about it. */
  readonly quoted: ToolOutput | null
  constructor(message: string, quoted: ToolOutput | null = null) {
    super(message)
    this.quoted = quoted
  }
}

/** It was begun and nobody knows how it ended. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown'
}

export interface ToolDefinition<Schema extends z.ZodType> {
  name: string
  description: string
  risk: Risk
  asks: Asks
  schema: Schema
  describe(given: z.infer<Schema>): string
  /** May be left out by a tool that never asks. */
  question?(given: z.infer<Schema>): string | Promise<string>
  run(given: z.infer<Schema>, signal: AbortSignal): Promise<ToolOutput>
}

/** A tool of Parley's own. */
export function defineTool<Schema extends z.ZodType>(definition: ToolDefinition<Schema>): Tool {
  const { name, description, risk, asks, schema } = definition
  const { $schema: _, ...parameters } = z.toJSONSchema(schema, { io: 'input' })
  return {
    name,
    from: 'built-in',
    description,
    risk,
    asks,
    parameters,
    prepare(given) {
      const read = schema.safeParse(given)
      if (!read.success) return { why: z.prettifyError(read.error) }
      return {
        arguments: read.data,
        describe: definition.describe(read.data),
        question: async () => (await definition.question?.(read.data)) ?? `${definition.describe(read.data)}?`,
        run: (signal) => definition.run(read.data, signal),
      }
    },
  }
}
