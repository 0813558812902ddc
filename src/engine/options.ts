// What the engine's process is told when it starts: by its arguments and its environment. Pure.
export interface EngineOptions {
  standalone: boolean
  /** Time can be moved by a message from the parent. */
  testClock: boolean
  /** How long a thinking server would take for each response of a chain; 0 but in measures. */
  serverTimeMs: number
  /** 0 takes a free port. */
  port: number
  /** Null means: make one. */
  token: string | null
  /** Folder of the notebook; null keeps it in memory. */
  dataDir: string | null
  /** Null means the one beside the program. */
  modelsDir: string | null
  model: 'base' | 'tiny'
  /** Address of a model server on this machine, as the person named it; null: none. */
  localModel: string | null
  /** Which of its models; empty: the first that can talk. */
  localModelName: string
}

type Env = Readonly<Record<string, string | undefined>>

/** @throws Error with a sentence for the person when an argument makes no sense */
export function readOptions(args: readonly string[], env: Env): EngineOptions {
  const options: EngineOptions = {
    standalone: false,
    testClock: false,
    serverTimeMs: 0,
    port: 0,
    token: env['PARLEY_ENGINE_TOKEN'] ?? null,
    dataDir: env['PARLEY_ENGINE_DATA'] === '' ? null : (env['PARLEY_ENGINE_DATA'] ?? null),
    modelsDir: env['PARLEY_ENGINE_MODELS'] ?? null,
    model: 'base',
    localModel: env['PARLEY_LOCAL_MODEL'] ? addressOf(env['PARLEY_LOCAL_MODEL'], 'PARLEY_LOCAL_MODEL') : null,
    localModelName: env['PARLEY_LOCAL_MODEL_NAME'] ?? '',
  }
  for (let at = 0; at < args.length; at++) {
    switch (args[at]) {
      case '--standalone':
        options.standalone = true
        break
      case '--test-clock':
        options.testClock = true
        break
      case '--server-time-ms':
        options.serverTimeMs = msOf(args[++at])
        break
      case '--port':
        options.port = portOf(args[++at])
        break
      case '--model':
        options.model = modelOf(args[++at])
        break
      case '--local-model':
        options.localModel = addressOf(args[++at], '--local-model')
        break
      default:
        throw new Error(
          `The engine knows no option ${args[at] ?? ''}. It knows --standalone, --port, --model and --local-model.`,
        )
    }
  }
  return options
}

function portOf(text: string | undefined): number {
  const port = Number(text)
  if (text === undefined || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port takes a number from 0 to 65535, not ${text ?? 'nothing'}.`)
  return port
}

function addressOf(text: string | undefined, name: string): string {
  if (text !== undefined && /^http:\/\/(127\.0\.0\.1|localhost)(:\d{1,5})?\/?$/.test(text)) return text
  throw new Error(
    `${name} takes the address of a server on this machine, like http://127.0.0.1:11434, not ${text ?? 'nothing'}.`,
  )
}

function msOf(text: string | undefined): number {
  const ms = Number(text)
  if (text === undefined || !Number.isInteger(ms) || ms < 0 || ms > 60_000)
    throw new Error(`--server-time-ms takes a number from 0 to 60000, not ${text ?? 'nothing'}.`)
  return ms
}

function modelOf(text: string | undefined): 'base' | 'tiny' {
  if (text === 'base' || text === 'tiny') return text
  throw new Error(`--model takes base or tiny, not ${text ?? 'nothing'}.`)
}
