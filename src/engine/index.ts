// The engine's process: with `--standalone` a server for any Realtime client, else a child that tells its parent where
// it listens and ends with it. Makes the real parts and joins them.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { takeSecrets } from '../core/own-environment.ts'
import { printable } from '../core/printable.ts'
import { createMovableClock, systemClock } from './clock.ts'
import { readOptions, type EngineOptions } from './options.ts'
import { freshSealKey, sealKeyIn } from './responses/seal.ts'
import { createEngineServer, embeddedModel, type EngineServer } from './server.ts'
import { createSpeech } from './speech/speech.ts'

/** What the parent hears: whether it is ready, once, and which model answers. */
export type EngineReport =
  | { type: 'ready'; url: string; token: string }
  | { type: 'failed'; message: string }
  /** A model server that the person named answers. */
  | { type: 'local-model'; name: string; port: number }
  /** It does not, or not any more. */
  | { type: 'no-local-model' }

/** A parent that started this with fork, or Electron's main process that started it as a utility process. */
interface Parent {
  tell(report: EngineReport): void
  onMessage(listen: (message: unknown) => void): void
}

interface UtilityPort {
  postMessage(message: unknown): void
  on(name: 'message', listen: (event: { data: unknown }) => void): void
}

function findParent(): Parent | null {
  const port = (process as { parentPort?: UtilityPort }).parentPort
  if (port)
    return {
      tell: (report) => port.postMessage(report),
      onMessage: (listen) => port.on('message', ({ data }) => listen(data)),
    }
  if (!process.send) return null
  return {
    tell: (report) => process.send?.(report),
    onMessage: (listen) => process.on('message', listen),
  }
}

const resourcesDir = fileURLToPath(new URL('../../resources', import.meta.url))
const stopWithinMs = 1_000
/** A start has other work first. */
const warmAfterMs = 2_000
/** Then recogniser and voice, most of the memory, are given back; they are there again before a sentence ends. */
const restAfterMs = 10 * 60_000
const complain = (trouble: unknown): void =>
  void process.stderr.write(printable(`engine: ${trouble instanceof Error ? trouble.message : String(trouble)}\n`))

interface Running {
  server: EngineServer
  token: string
  /** Settles when the engine can hear and speak, or can't. */
  loaded: Promise<unknown>
  stop(): Promise<void>
}

async function serve(options: EngineOptions, parent: Parent | null): Promise<Running> {
  const token = options.token ?? randomBytes(24).toString('base64url')
  const movable = options.testClock ? createMovableClock(systemClock) : null
  const clock = movable ?? systemClock
  if (movable)
    parent?.onMessage((message) => {
      if (isMove(message)) movable.move(message.byMs)
    })
  const modelsDir = options.modelsDir ?? join(resourcesDir, 'models')
  const speech = createSpeech({
    modelsDir,
    resourcesDir,
    model: options.model,
    log: complain,
    rests: { clock, afterMs: restAfterMs },
  })
  // Loaded while the models load in their threads.
  const { createMind } = await import('./mind/mind.ts')
  const mind = createMind({
    dataDir: options.dataDir,
    clock,
    localModel:
      options.localModel === null
        ? null
        : { url: options.localModel, model: options.localModelName, looksAtOnce: parent !== null },
    onModel({ name, port }) {
      parent?.tell({ type: 'local-model', name, port })
      complain(`the model “${name}” answers at port ${port} of this machine`)
    },
    onNoModel: () => parent?.tell({ type: 'no-local-model' }),
    random: Math.random,
    log: (level, message) => {
      if (level !== 'info') complain(message)
    },
  })
  const server = await createEngineServer({
    token,
    clock,
    speech,
    mind,
    port: options.port,
    onFault: complain,
    sealKey: options.dataDir === null ? freshSealKey() : sealKeyIn(options.dataDir),
    serverTimeMs: options.serverTimeMs,
  })
  const stop = async (): Promise<void> => {
    await server.close()
    await mind.close()
    await speech.then((loaded) => loaded.close()).catch(() => undefined)
  }
  return { server, token, loaded: speech, stop }
}

function isMove(message: unknown): message is { type: 'move-clock'; byMs: number } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    message.type === 'move-clock' &&
    'byMs' in message &&
    typeof message.byMs === 'number'
  )
}

async function start(): Promise<void> {
  const parent = findParent()
  let running: Running | null = null
  const leave = (): void => {
    // The recogniser's native threads abort the process when it exits under them, so they are closed first; a process
    // that can't is ended without running anything more.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), stopWithinMs).unref()
    void Promise.resolve(running?.stop()).finally(() => process.exit(0))
  }
  for (const signal of ['disconnect', 'SIGINT', 'SIGTERM']) process.once(signal, leave)
  try {
    const options = readOptions(process.argv.slice(2), takeSecrets(process.env))
    running = await serve(options, parent)
    const { server, token, loaded } = running
    // What is said while the models load is kept and heard then: a parent need not wait for that. Should they not load, it is told.
    parent?.tell({ type: 'ready', url: server.url, token })
    if (parent) await loaded
    setTimeout(() => void import('./mind/warm.ts').then(({ warm }) => warm()), warmAfterMs).unref()
    if (options.standalone)
      process.stdout.write(`Realtime server at ${server.url} · model ${embeddedModel} · key ${token}\n`)
  } catch (failure) {
    const message = failure instanceof Error ? failure.message : String(failure)
    parent?.tell({ type: 'failed', message })
    complain(message)
    process.exitCode = 1
    if (!parent) process.exit()
  }
}

await start()
