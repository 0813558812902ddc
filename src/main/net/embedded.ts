// The embedded engine as main sees it: a process that is started when its address is first wanted, started again when it
// died, and ended when nobody has wanted it for a while, so that its models leave the memory.
import { z } from 'zod'
import { engineTroubleWords, type EngineTrouble } from '../../core/connection/engine-trouble.ts'
import type { Clock, Undo } from '../ports.ts'
import { EndpointError, type Address } from './endpoint.ts'

/** The few things this needs of a child process. */
export interface EngineProcess {
  on(event: 'message', listen: (message: unknown) => void): unknown
  on(event: 'exit', listen: () => void): unknown
  kill(signal: 'SIGTERM' | 'SIGKILL'): boolean
}

/** Starts the engine with this environment beside main's own. */
export type StartEngine = (env: Record<string, string>) => EngineProcess

export interface EmbeddedOpts {
  clock: Clock
  spawn: () => EngineProcess
  startWithinMs?: number
  stopAfterIdleMs?: number
  /** Told which model of this machine the engine asks, once it answers. */
  onModel?: (found: { name: string; port: number }) => void
  /** Told when the one that was named does not answer. */
  onNoModel?: () => void
}

export interface EmbeddedEngine {
  /**
   * Starts the engine if need be. Rejects with a plain sentence when it does not start: with EndpointError when it would not
   * the next time either.
   */
  address(): Promise<Address>
  /** While nobody uses it, the engine is ended after a while. */
  setInUse(inUse: boolean): void
  /** Resolves when its process is gone; one that does not end when asked is ended. */
  stop(): Promise<void>
}

/** So often it may end by itself, or be late, before it is given up. */
const patience = 3
/** It flushes its notebook and frees its models meanwhile. */
const endsWithinMs = 1_500

const engineMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), url: z.string(), token: z.string() }),
  z.object({ type: z.literal('failed'), message: z.string() }),
  z.object({ type: z.literal('local-model'), name: z.string().max(100), port: z.number() }),
  z.object({ type: z.literal('no-local-model') }),
])

export function createEmbeddedEngine(opts: EmbeddedOpts): EmbeddedEngine {
  const { clock, startWithinMs = 30_000, stopAfterIdleMs = 5 * 60_000 } = opts
  let running: { process: EngineProcess; address: Promise<Address> } | null = null
  let undoIdle: Undo = () => undefined
  let failures = 0
  let hopeless: EndpointError | null = null

  function start(): Promise<Address> {
    const process = opts.spawn()
    const address = new Promise<Address>((resolve, reject) => {
      let isOver = false
      const fail = (trouble: EngineTrouble, message: string): void => {
        undoLate()
        // The next one who asks starts it anew.
        if (running?.process === process) running = null
        if (isOver) return
        isOver = true
        failures += 1
        // What it says itself will be so the next time, too.
        const isHopeless = trouble.type === 'failed' || failures >= patience
        if (isHopeless) failures = 0
        reject(isHopeless ? new EndpointError(engineTroubleWords(trouble), 'engine') : new Error(message))
      }
      const failLater = (trouble: EngineTrouble): void => {
        // It was ready and could not load its models: started again it would not do so either.
        if (isOver && running?.process === process) hopeless = new EndpointError(engineTroubleWords(trouble), 'engine')
      }
      const undoLate = clock.after(startWithinMs, () => {
        fail({ type: 'late' }, 'The built-in voice did not start in time.')
        process.kill('SIGKILL')
      })
      process.on('message', (raw) => {
        const message = engineMessage.safeParse(raw)
        if (!message.success) return
        if (message.data.type === 'local-model' || message.data.type === 'no-local-model') {
          // One that is being ended may still tell of the model before.
          if (running?.process !== process) return
          if (message.data.type === 'local-model') opts.onModel?.(message.data)
          else opts.onNoModel?.()
          return
        }
        if (message.data.type === 'failed') {
          failLater(message.data)
          fail(message.data, message.data.message)
          process.kill('SIGKILL')
          return
        }
        undoLate()
        isOver = true
        failures = 0
        resolve({ baseUrl: message.data.url, key: message.data.token })
      })
      process.on('exit', () => fail({ type: 'exited' }, 'The built-in voice stopped by itself.'))
    })
    running = { process, address }
    return address
  }

  async function stop(): Promise<void> {
    undoIdle()
    const process = running?.process
    running = null
    if (process) await end(process)
  }

  function end(process: EngineProcess): Promise<void> {
    return new Promise((resolve) => {
      const undoLate = clock.after(endsWithinMs, () => process.kill('SIGKILL'))
      process.on('exit', () => {
        undoLate()
        resolve()
      })
      process.kill('SIGTERM')
    })
  }

  return {
    address() {
      const why = hopeless
      hopeless = null
      if (why !== null) return Promise.reject(why)
      return running?.address ?? start()
    },
    setInUse(inUse) {
      undoIdle()
      undoIdle = inUse ? () => undefined : clock.after(stopAfterIdleMs, () => void stop())
    },
    stop,
  }
}
