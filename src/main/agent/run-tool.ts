// Runs one prepared call within its time and says honestly how it ended: whoever may have changed something and was stopped
// in the middle has an unknown outcome, never a failure.
import { callLimits } from '../../core/agent/limits.ts'
import type { Risk } from '../../core/agent/task.ts'
import type { Clock } from '../ports.ts'
import { OutcomeUnknown, ToolError, type ToolOutput } from './tool.ts'

export type Ran =
  | { outcome: 'ended'; output: ToolOutput }
  | { outcome: 'failed' | 'cancelled' | 'unknown'; message: string; quoted: ToolOutput | null }

type Stopped = 'late' | 'cancelled' | null

/** How long a tool that was told to stop may take to say what became of it. */
const graceMs = 2_000

/** Never rejects. */
export async function runTool(
  { clock, risk }: { clock: Clock; risk: Risk },
  run: (signal: AbortSignal) => Promise<ToolOutput>,
  signal: AbortSignal,
): Promise<Ran> {
  const stop = new AbortController()
  let stopped: Stopped = null
  let undoGrace = (): void => undefined
  const abandoned = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => {
      undoGrace = clock.after(graceMs, () => reject(new Error('It did not stop.')))
    })
  })
  const end = (why: Stopped): void => {
    stopped ??= why
    stop.abort()
  }
  const cancel = (): void => end('cancelled')
  const undoLimit = clock.after(callLimits.runMs, () => end('late'))
  signal.addEventListener('abort', cancel)
  if (signal.aborted) cancel()
  try {
    return { outcome: 'ended', output: await Promise.race([run(stop.signal), abandoned]) }
  } catch (error) {
    return judge(error, risk, stopped)
  } finally {
    undoLimit()
    undoGrace()
    signal.removeEventListener('abort', cancel)
  }
}

function judge(error: unknown, risk: Risk, stopped: Stopped): Ran {
  if (error instanceof ToolError && stopped === null)
    return { outcome: 'failed', message: error.message, quoted: error.quoted }
  if (error instanceof OutcomeUnknown) return { outcome: 'unknown', message: error.message, quoted: null }
  const how = stopped === 'late' ? `It took longer than ${callLimits.runMs / 1000} seconds.` : 'It was cancelled.'
  const hasEffect = risk !== 'reads' && !(error instanceof ToolError)
  if (hasEffect) {
    const why = stopped === null ? 'It broke off.' : how
    return { outcome: 'unknown', message: `${why} It is not known whether it was done.`, quoted: null }
  }
  if (stopped !== null) return { outcome: stopped === 'late' ? 'failed' : 'cancelled', message: how, quoted: null }
  return { outcome: 'failed', message: 'It did not work.', quoted: null }
}
