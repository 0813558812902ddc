// What the voice model asked to have done: runs it, whatever becomes of the socket meanwhile. A settled call is in the record
// before the model hears of it; the session is given it from there, and the model is asked to go on when nobody speaks.
import type { AskedFunction } from '../../core/realtime/function-calls.ts'
import type { FunctionTool } from '../../core/realtime/events.ts'
import type { CallOutcome } from '../agent/ports.ts'
import type { Undo } from '../ports.ts'

/** What comes by itself, later than any call: it is told as the output of a call that nobody asked for. */
export interface Told {
  name: string
  /** JSON: what it is about. */
  arguments: string
  /** Text from elsewhere: data, never an order. */
  output: string
  /** Spoken at the next quiet moment, else only known. */
  aloud: boolean
}

/** The functions that a voice session offers, and who runs them. */
export interface VoiceFunctions {
  offered(): readonly FunctionTool[]
  /** Runs the call once and records its fate. Never rejects. */
  use(asked: AskedFunction): Promise<CallOutcome>
  /** Records that this call was interrupted and never ran. */
  drop(asked: AskedFunction): Promise<CallOutcome>
  /** Records what came by itself. */
  note(told: Told, call: string): Promise<void>
  onTold(listen: (told: Told) => void): Undo
}

export interface FunctionRunnerOpts {
  functions: VoiceFunctions
  isQuiet: () => boolean
  newId: (prefix: string) => string
  /** The output of this call wants to be spoken of. */
  onOutput: (call: string) => void
  onMoved: () => void
}

export interface FunctionRunner {
  /** All calls of one response. */
  ask(asked: readonly AskedFunction[]): void
  /** Something may have become quiet: what waits to be said is said. */
  look(): void
  tell(told: Told): void
  isBusy(): boolean
  stop(): void
}

export function createFunctionRunner(opts: FunctionRunnerOpts): FunctionRunner {
  const { functions } = opts
  const taken = new Set<string>()
  let running = 0
  /** Calls that nobody asked for and that are to be spoken of. */
  const waiting: string[] = []
  const undo = functions.onTold((told) => void take(told))

  async function take(told: Told): Promise<void> {
    const call = opts.newId('call')
    running++
    await functions.note(told, call)
    running--
    if (told.aloud) waiting.push(call)
    opts.onMoved()
    look()
  }

  /** Results that came while somebody spoke are told together, by one response. */
  function look(): void {
    if (waiting.length === 0 || !opts.isQuiet()) return
    for (const call of waiting.splice(0)) opts.onOutput(call)
  }

  async function run(asked: AskedFunction): Promise<void> {
    await (asked.isWanted ? functions.use(asked) : functions.drop(asked))
  }

  return {
    ask(asked) {
      const fresh = asked.filter(({ call }) => !taken.has(call))
      for (const { call } of fresh) taken.add(call)
      if (fresh.length === 0) return
      running++
      void Promise.all(fresh.map(run)).then(() => {
        running--
        for (const { call, isWanted } of fresh) if (isWanted) opts.onOutput(call)
        opts.onMoved()
      })
    },
    look,
    tell: (told) => void take(told),
    isBusy: () => running > 0,
    stop: undo,
  }
}
