// What the voice can have done in a modelled conversation: one function whose calls end when the test says so or after a time,
// each told to the record as the real ones are.
import type { AskedFunction } from '../../../src/core/realtime/function-calls.ts'
import type { ConversationRecord } from '../../../src/main/ports.ts'
import type { Told, VoiceFunctions } from '../../../src/main/voice/functions.ts'

export interface ModelFunctions extends VoiceFunctions {
  /** Calls that ran, in order. */
  readonly ran: readonly AskedFunction[]
  /** Ends the oldest call that runs. */
  finish(output?: string): void
  running(): number
  /** Something comes by itself. */
  come(told: Told): void
}

export const functionName = 'set_timer'

export function createModelFunctions(record: ConversationRecord): ModelFunctions {
  const ran: AskedFunction[] = []
  const waiting: ((output: string) => void)[] = []
  const listeners: ((told: Told) => void)[] = []

  return {
    ran,
    running: () => waiting.length,
    finish: (output = 'Done.') => waiting.shift()?.(output),
    come(told) {
      for (const listen of listeners) listen(told)
    },
    offered: () => [{ type: 'function', name: functionName, description: 'Sets a timer.', parameters: {} }],
    async use(asked) {
      ran.push(asked)
      const { call, name, after } = asked
      await record.append([
        { type: 'tool-asked', call, after, name, arguments: asked.arguments },
        { type: 'tool-started', call },
      ])
      const output = await new Promise<string>((resolve) => waiting.push(resolve))
      await record.append([{ type: 'tool-ended', call, outcome: 'ended', output }])
      return { outcome: 'ended', output }
    },
    async drop({ call, name, after, arguments: given }) {
      const output = 'Interrupted: it did not run.'
      await record.append([
        { type: 'tool-asked', call, after, name, arguments: given },
        { type: 'tool-ended', call, outcome: 'cancelled', output },
      ])
      return { outcome: 'cancelled', output }
    },
    async note(told, call) {
      const after = record.conversation().turns.at(-1)?.id ?? null
      await record.append([
        { type: 'tool-asked', call, after, name: told.name, arguments: told.arguments },
        { type: 'tool-ended', call, outcome: 'ended', output: told.output },
      ])
    },
    onTold(listen) {
      listeners.push(listen)
      return () => void listeners.splice(listeners.indexOf(listen), 1)
    },
  }
}
