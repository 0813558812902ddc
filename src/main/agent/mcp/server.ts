// One server of tools through its life: started, lost, started again after a growing wait. Knows its tools also while it is
// away, so that what is offered does not flicker.
import type { McpServer } from '../../../core/settings.ts'
import type { Clock, Fetch, Random, Undo } from '../../ports.ts'
import { serverLimits } from '../../../core/agent/limits.ts'
import { connectMcp, type McpConnection, type McpEvents, type ServerAnswer } from './connection.ts'
import type { ServerTool, Shelf } from './listed-tool.ts'
import { createCoalesced } from './pace.ts'

export type ServerState =
  | { type: 'starting' }
  | { type: 'ready'; connection: McpConnection }
  | { type: 'waiting'; undo: Undo }
  | { type: 'closed' }

export interface ToolServer {
  readonly settings: McpServer
  state(): ServerState['type']
  /** Of a running process. */
  pid(): number | null
  tools(): readonly ServerTool[]
  /** Null when it is not running now: nothing was asked. Rejects only when the signal is aborted. */
  call(name: string, given: Record<string, unknown>, signal: AbortSignal): Promise<ServerAnswer | null>
  close(): Promise<void>
}

export interface ToolServerOpts {
  settings: McpServer
  clock: Clock
  random: Random
  env: NodeJS.ProcessEnv
  /** For a server over HTTP; absent: straight. */
  fetch?: Fetch
  /** Its tools or its state are others. `trouble` is a sentence for the person: it has broken off, or says too much. */
  onChanged: (trouble: string | null) => void
}

const firstWaitMs = 250
const longestWaitMs = 60_000
/** Who ran this long is not in a loop of crashes. */
const healthyMs = 60_000

export function startToolServer(opts: ToolServerOpts): ToolServer {
  const { settings, clock } = opts
  let state: ServerState = { type: 'starting' }
  let tools: readonly ServerTool[] = []
  let failures = 0
  let wasWhole = true
  let stopListing: Undo = () => undefined
  const closing = new AbortController()
  let starting: Promise<void> = start()

  async function start(): Promise<void> {
    state = { type: 'starting' }
    let connection: McpConnection | null = null
    const events: McpEvents = {
      toolsChanged: () => listing.ask(),
      closed: () => lose(connection),
    }
    const listing = createCoalesced(() => list(connection), serverLimits.listEveryMs, clock)
    stopListing = () => listing.stop()
    const startedMs = clock.monotonicMs()
    try {
      connection = await connectMcp(settings, opts, events, closing.signal)
      const shelf = await connection.tools()
      closing.signal.throwIfAborted()
      state = { type: 'ready', connection }
      take(shelf)
    } catch {
      listing.stop()
      await connection?.close().catch(() => undefined)
      if (!closing.signal.aborted) startLater()
    }

    function lose(from: McpConnection | null): void {
      if (state.type !== 'ready' || state.connection !== from) return
      if (clock.monotonicMs() - startedMs > healthyMs) failures = 0
      listing.stop()
      from.close().catch(() => undefined)
      startLater()
      opts.onChanged(`The tool server ${settings.name} stopped. It is being started again.`)
    }
  }

  async function list(connection: McpConnection | null): Promise<void> {
    const found = await connection?.tools().catch(() => null)
    if (!found || state.type !== 'ready' || state.connection !== connection) return
    take(found)
  }

  function take(shelf: Shelf): void {
    tools = shelf.tools
    const isNew = wasWhole && !shelf.isWhole
    wasWhole = shelf.isWhole
    opts.onChanged(
      isNew ? `The tool server ${settings.name} lists more than Parley takes. The rest is left out.` : null,
    )
  }

  function startLater(): void {
    const ceilingMs = Math.min(longestWaitMs, firstWaitMs * 2 ** failures++)
    const waitMs = ceilingMs * (0.5 + opts.random() / 2)
    const undo = clock.after(waitMs, () => {
      starting = start()
    })
    state = { type: 'waiting', undo }
  }

  return {
    settings,
    state: () => state.type,
    pid: () => (state.type === 'ready' ? state.connection.pid : null),
    tools: () => tools,
    call: (name, given, signal) =>
      state.type === 'ready' ? state.connection.call(name, given, signal) : Promise.resolve(null),
    async close() {
      const before = state
      state = { type: 'closed' }
      closing.abort()
      stopListing()
      if (before.type === 'waiting') before.undo()
      if (before.type === 'ready') await before.connection.close().catch(() => undefined)
      await starting
    },
  }
}
