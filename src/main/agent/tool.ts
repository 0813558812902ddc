// What a tool is: a name and a schema for the model, words and a risk for the person, and a way to act. A call is prepared
// first, so that what is shown to the person and what runs afterwards are one and the same value.
import { z } from 'zod'
import type { Asks } from '../../core/agent/approval.ts'
import type { Fact, Risk } from '../../core/agent/task.ts'
import { inEnglish } from '../../core/language/language.ts'
import type { Wording } from '../../core/language/wording.ts'

export interface ToolOutput {
  text: string
  /** Whose words they are when not our own: `the page example.org`. Null only for what nobody else could have written. */
  untrusted: string | null
}

/** A call whose arguments fit. */
export interface PreparedCall {
  /** As they were understood; exactly these are shown, digested and used. */
  arguments: unknown
  /** What it does: `Reading notes.md`. */
  describe: Wording
  /** Looks at what the call comes to now. Rejects with ToolError when it can't be done anyway. */
  settle(): Promise<SettledCall>
}

/** What a call comes to: exactly this is shown to the person, and exactly this runs or nothing does. */
export interface SettledCall {
  /** One sentence for the person. */
  question: Wording
  /** What the arguments come to: the real path, the program, the host. */
  facts: readonly Fact[]
  /** What else must still be so when it runs; part of the digest, of no use to a person. */
  identity: unknown
  /**
   * Rejects with ToolError when nothing has happened, with OutcomeUnknown when something may have.
   * @param isAgreed the person said yes to exactly this
   */
  run(signal: AbortSignal, isAgreed: boolean): Promise<ToolOutput>
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

export interface ToolDefinition<Schema extends z.ZodType, Settled> {
  name: string
  description: string
  risk: Risk
  asks: Asks
  schema: Schema
  describe(given: z.infer<Schema>): Wording
  /** May be left out by a tool whose arguments say all. */
  settle?(given: z.infer<Schema>): Settled | Promise<Settled>
  /** May be left out by a tool that never asks. */
  question?(given: z.infer<Schema>, settled: Settled): Wording
  facts?(settled: Settled): readonly Fact[]
  identity?(settled: Settled): unknown
  run(given: z.infer<Schema>, how: RunOf<Settled>): Promise<ToolOutput>
}

/** One whose value is a sentence of Parley's own. */
export function ownFact(name: Fact['name'], said: Wording): Fact {
  return { name, value: inEnglish(said), wording: said }
}

export interface RunOf<Settled> {
  signal: AbortSignal
  settled: Settled
  isAgreed: boolean
}

/** A tool of Parley's own. */
export function defineTool<Schema extends z.ZodType, Settled = undefined>(
  definition: ToolDefinition<Schema, Settled>,
): Tool {
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
      const { data } = read
      return {
        arguments: data,
        describe: definition.describe(data),
        async settle() {
          const settled = (await definition.settle?.(data)) as Settled
          return {
            question: definition.question?.(data, settled) ?? definition.describe(data),
            facts: definition.facts?.(settled) ?? [],
            identity: definition.identity?.(settled) ?? null,
            run: (signal, isAgreed) => definition.run(data, { signal, settled, isAgreed }),
          }
        },
      }
    },
  }
}
