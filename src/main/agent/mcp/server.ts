// One server of tools through its life: started, waited for, lost, started again after a growing wait, given up after a few.
// Knows its tools also while it is away, so that what is offered does not flicker.
import type { McpServer } from '../../../core/settings.ts'
import type { Random, Undo } from '../../ports.ts'
import { serverLimits } from '../../../core/agent/limits.ts'
import { waitBeforeStart, type LeftOut, type ToolServerState } from '../../../core/agent/tool-server.ts'
import type { McpConnection, McpEvents, McpOutside, ServerAnswer, ServerQuestion } from './connection.ts'
import { StartFault, wordsOf } from './fault.ts'
import { keptSecrets } from './kept.ts'
import { emptyListing, type ServerTool, type ListedTools } from './listed-tool.ts'
import type { BegunSignIn } from './oauth.ts'
import { createCoalesced } from './pace.ts'

type State =
  | { type: 'starting'; sinceMs: number; stop: AbortController }
  | { type: 'ready'; connection: McpConnection; stopListing: Undo }
  | { type: 'waiting'; why: string; undo: Undo }
  | { type: 'failed'; why: string }
  | { type: 'sign-in'; why: string; begun: BegunSignIn | null }
  | { type: 'closed' }

export interface ToolServer {
  readonly settings: McpServer
  state(): State['type']
  view(): ToolServerState | null
  /** The last lines that it printed besides the protocol; none while it is ready. */
  printed(): readonly string[]
  /** Of a running process. */
  pid(): number | null
  tools(): readonly ServerTool[]
  leftOut(): readonly LeftOut[]
  /** What it has besides tools. */
  has(): McpConnection['has']
  /** Null when it is not running now: nothing was asked. Rejects only when the signal is aborted. */
  ask(question: ServerQuestion, signal: AbortSignal): Promise<ServerAnswer | null>
  /** Ends what there is of it and starts it anew, as if nothing had failed. */
  restart(): Promise<void>
  /** The network may be back: one that is only out of reach is tried anew. */
  reach(): void
  /** Begins a sign-in at an address; where the person does that is in the view. Rejects with a sentence. */
  signIn(): Promise<void>
  close(): Promise<void>
}

export interface ToolServerOpts extends McpOutside {
  settings: McpServer
  random: Random
  /** Its tools or its state are others. `trouble` is a sentence for the person: it has broken off, or says too much. */
  onChanged: (trouble: string | null) => void
}

/** Who ran this long is not in a loop of crashes. */
const healthyMs = 60_000

export function startToolServer(opts: ToolServerOpts): ToolServer {
  const { settings, clock } = opts
  const { name } = settings
  let listing = emptyListing
  let has: McpConnection['has'] = { resources: false, prompts: false }
  let printed: readonly string[] = []
  let failures = 0
  let state: State = { type: 'closed' }
  let starting: Promise<void> = Promise.resolve()
  let isOver = false
  begin()

  function begin(): void {
    const stop = new AbortController()
    state = { type: 'starting', sinceMs: clock.nowMs(), stop }
    printed = []
    starting = start(stop.signal)
  }

  function show(): Promise<void> {
    opts.onChanged(null)
    return Promise.resolve()
  }

  async function start(signal: AbortSignal): Promise<void> {
    let connection: McpConnection | null = null
    const gone = new AbortController()
    const listing = createCoalesced(() => list(connection), serverLimits.listEveryMs, clock)
    const showing = createCoalesced(show, serverLimits.listEveryMs, clock)
    const events: McpEvents = {
      toolsChanged: () => listing.ask(),
      printed(lines) {
        if (state.type !== 'starting' || signal.aborted) return
        printed = lines
        showing.ask()
      },
      closed(how) {
        gone.abort()
        lose(connection, how)
      },
    }
    const undoSlow = clock.after(serverLimits.slowMs, () =>
      opts.onChanged(
        settings.kind === 'stdio'
          ? `The tool server ${name} is still starting. A first start may download it; Parley waits ${serverLimits.startMs / 60_000} minutes.`
          : null,
      ),
    )
    const startedMs = clock.monotonicMs()
    try {
      // Loaded by whoever has such a server: the protocol's package is a good part of a start.
      const { connectMcp } = await import('./connection.ts')
      connection = await connectMcp(settings, opts, events, signal)
      const found = await connection.tools()
      signal.throwIfAborted()
      gone.signal.throwIfAborted()
      printed = []
      has = connection.has
      state = { type: 'ready', connection, stopListing: () => listing.stop() }
      take(found)
    } catch (error) {
      listing.stop()
      await connection?.close().catch(() => undefined)
      if (!signal.aborted) failed(error)
    } finally {
      undoSlow()
      showing.stop()
    }

    function lose(from: McpConnection | null, how: string | null): void {
      if (state.type !== 'ready' || state.connection !== from) return
      if (clock.monotonicMs() - startedMs > healthyMs) failures = 0
      listing.stop()
      from.close().catch(() => undefined)
      const isBack = startLater(how === null ? 'It stopped.' : `It stopped (${how}).`)
      opts.onChanged(
        isBack ? `The tool server ${name} stopped. It is being started again.` : givenUp(`stopped ${failures} times`),
      )
    }
  }

  function failed(error: unknown): void {
    const fault =
      error instanceof StartFault ? error : new StartFault('It ended before it was ready.', 'again', [], error)
    printed = fault.printed
    if (fault.next === 'sign-in') state = { type: 'sign-in', why: fault.message, begun: null }
    else if (fault.next === 'person') state = { type: 'failed', why: fault.message }
    else if (startLater(fault.message)) return opts.onChanged(null)
    opts.onChanged(
      state.type === 'sign-in'
        ? `The tool server ${name} wants to know who you are: see Tools.`
        : givenUp(`could not be started: ${fault.message.replace(/\.$/, '')}`),
    )
  }

  function givenUp(how: string): string {
    return `The tool server ${name} ${how}. It is not started again by itself: see Tools.`
  }

  /** False when it is given up. */
  function startLater(why: string): boolean {
    const waitMs = waitBeforeStart(++failures, settings.kind, opts.random())
    state = waitMs === null ? { type: 'failed', why } : { type: 'waiting', why, undo: clock.after(waitMs, begin) }
    return waitMs !== null
  }

  async function list(connection: McpConnection | null): Promise<void> {
    const found = await connection?.tools().catch(() => null)
    if (!found || state.type !== 'ready' || state.connection !== connection) return
    take(found)
  }

  function take(found: ListedTools): void {
    const isNew = listing.isWhole && !found.isWhole
    listing = found
    opts.onChanged(isNew ? `The tool server ${name} lists more than Parley takes. The rest is left out.` : null)
  }

  /** Ends what there is of it. */
  async function end(): Promise<void> {
    const before = state
    state = { type: 'closed' }
    switch (before.type) {
      case 'starting':
        before.stop.abort()
        break
      case 'ready':
        before.stopListing()
        await before.connection.close().catch(() => undefined)
        break
      case 'waiting':
        before.undo()
        break
      case 'sign-in':
        before.begun?.cancel()
        break
      case 'failed':
      case 'closed':
    }
    await starting
  }

  async function restart(): Promise<void> {
    await end()
    failures = 0
    // Who asked twice at once starts one.
    if (state.type === 'closed' && !isOver) begin()
    opts.onChanged(null)
  }

  return {
    settings,
    state: () => state.type,
    view: () => viewOf(state, listing.tools.length, printed),
    printed: () => printed,
    pid: () => (state.type === 'ready' ? state.connection.pid : null),
    tools: () => listing.tools,
    leftOut: () => listing.leftOut,
    has: () => has,
    ask: (question, signal) =>
      state.type === 'ready' ? state.connection.ask(question, signal) : Promise.resolve(null),
    restart,
    reach() {
      if (settings.kind === 'http' && (state.type === 'failed' || state.type === 'waiting')) void restart()
    },
    async signIn() {
      if (settings.kind !== 'http') throw new Error('Only a server at an address has a sign-in.')
      const kept = keptSecrets(opts.secrets, settings.url)
      await end()
      const { beginSignIn } = await import('./oauth.ts')
      const begun = await beginSignIn({ address: settings.url, kept, clock, fetch: opts.fetch }).catch(
        (error: unknown) => {
          state = { type: 'sign-in', why: `It offers no sign-in that Parley can use. ${wordsOf(error)}`, begun: null }
          opts.onChanged(null)
          throw new Error(`${name} offers no sign-in that Parley can use: ${wordsOf(error)}`)
        },
      )
      if (begun.address === null || isOver) {
        begun.cancel()
        return restart()
      }
      const now: State = { type: 'sign-in', why: 'Sign in there; Parley waits five minutes.', begun }
      state = now
      opts.onChanged(null)
      begun.done.then(
        async () => {
          // Of the two the newer one is meant.
          await kept.removeHeader()
          if (state === now) await restart()
        },
        (error: unknown) => {
          if (state !== now) return
          state = { type: 'sign-in', why: wordsOf(error), begun: null }
          opts.onChanged(null)
        },
      )
    },
    async close() {
      isOver = true
      await end()
    },
  }
}

function viewOf(state: State, tools: number, printed: readonly string[]): ToolServerState | null {
  switch (state.type) {
    case 'starting':
      return { type: 'starting', sinceMs: state.sinceMs, line: printed.at(-1) ?? null }
    case 'ready':
      return { type: 'ready', tools }
    case 'waiting':
      return { type: 'waiting', why: state.why }
    case 'failed':
      return { type: 'failed', why: state.why }
    case 'sign-in':
      return { type: 'sign-in', why: state.why, address: state.begun?.address ?? null }
    case 'closed':
      return null
  }
}
