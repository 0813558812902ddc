// What the voice model asked to have done: runs it, gives the outputs back and asks the model to go on, whatever becomes of
// the socket meanwhile. A settled call is in the record before the model hears of it, so the next session is given both.
import type { AskedFunction } from '../../core/realtime/function-calls.ts'
import type { FunctionTool } from '../../core/realtime/events.ts'
import type { CallOutcome } from '../agent/ports.ts'
import type { Undo } from '../ports.ts'
import type { Call } from './call.ts'

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

export interface FunctionDeskOpts {
  functions: VoiceFunctions
  current: () => Call | null
  isQuiet: () => boolean
  newId: (prefix: string) => string
  /** Asks for a response, now or when there is a line. */
  askToGoOn: () => void
  onMoved: () => void
}

export interface FunctionDesk {
  /** All calls of one response. `call` is the session that asked. */
  ask(asked: readonly AskedFunction[], call: Call | null): void
  /** Something may have become quiet: what waits to be said is said. */
  look(): void
  tell(told: Told): void
  isBusy(): boolean
  stop(): void
}

export function createFunctionDesk(opts: FunctionDeskOpts): FunctionDesk {
  const { functions } = opts
  const taken = new Set<string>()
  let running = 0
  let isToldWaiting = false
  const undo = functions.onTold((told) => void take(told))

  async function take(told: Told): Promise<void> {
    const call = opts.newId('call')
    running++
    await functions.note(told, call)
    running--
    opts.current()?.give({ ...told, call }, told.output, false)
    if (told.aloud) isToldWaiting = true
    opts.onMoved()
    look()
  }

  /** Results that came while somebody spoke are told together, by one response. */
  function look(): void {
    if (!isToldWaiting || !opts.isQuiet()) return
    isToldWaiting = false
    opts.askToGoOn()
  }

  async function run(asked: AskedFunction, from: Call | null): Promise<void> {
    const { output } = await (asked.isWanted ? functions.use(asked) : functions.drop(asked))
    const call = opts.current()
    call?.give(asked, output, call === from)
  }

  return {
    ask(asked, from) {
      const fresh = asked.filter(({ call }) => !taken.has(call))
      for (const { call } of fresh) taken.add(call)
      if (fresh.length === 0) return
      running++
      void Promise.all(fresh.map((one) => run(one, from))).then(() => {
        running--
        if (fresh.some(({ isWanted }) => isWanted)) opts.askToGoOn()
        opts.onMoved()
      })
    },
    look,
    tell: (told) => void take(told),
    isBusy: () => running > 0,
    stop: undo,
  }
}
