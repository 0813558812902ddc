// The one door to the Model Context Protocol: one connection to one server, over the pipes of a process or over HTTP. Offers the
// server nothing of ours: no sampling, no questions to the person, no folders. Answers are read leniently (answer.ts).
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { McpError, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import type { McpServer } from '../../../core/settings.ts'
import { serverLimits } from '../../../core/agent/limits.ts'
import { childEnvironment } from '../../child-environment.ts'
import type { Clock, Fetch, Secrets } from '../../ports.ts'
import { limitTime } from '../../time-limit.ts'
import type { Said } from './answer.ts'
import { createServerFetch } from './bounded-fetch.ts'
import { startFault, wordsOf, type StartFault } from './fault.ts'
import { keptSecrets } from './kept.ts'
import { addPage, emptyListing, listedTool, type ListedTools } from './listed-tool.ts'
import { quietProvider } from './oauth.ts'
import { createPace } from './pace.ts'
import { createProcessTransport, type ProcessTransport } from './process-transport.ts'

export type ServerAnswer =
  | { type: 'result'; text: string; isError: boolean }
  /** The server answered with an error: it goes on, and as it says nothing was done. */
  | { type: 'refused'; message: string }
  /** It answered something that nobody can read. */
  | { type: 'unreadable' }
  /** It was asked and no answer came. */
  | { type: 'lost' }

/** What is asked of a server, and how its answer is read; null for one that can't be. */
export interface ServerQuestion {
  method: string
  params: Record<string, unknown>
  read: (result: unknown) => Said | null
}

export interface McpConnection {
  /** Of a process, null over HTTP. */
  pid: number | null
  /** What it has besides tools. */
  has: { resources: boolean; prompts: boolean }
  tools(): Promise<ListedTools>
  /** Rejects only when the signal is aborted. */
  ask(question: ServerQuestion, signal: AbortSignal): Promise<ServerAnswer>
  close(): Promise<void>
}

export interface McpEvents {
  toolsChanged(): void
  /** It printed something besides the protocol; these are the last lines of it. */
  printed(lines: readonly string[]): void
  /** Once, unless we closed it. `how` is `exit code 1`, null where that is not known. */
  closed(how: string | null): void
}

export interface McpOutside {
  clock: Clock
  /** Parley's own environment, from which little is passed on. */
  env: NodeJS.ProcessEnv
  secrets: Secrets
  /** For a server over HTTP; absent: straight. */
  fetch?: Fetch
}

/** Resolves when the server has introduced itself; rejects with StartFault. */
export async function connectMcp(
  server: McpServer,
  outside: McpOutside,
  events: McpEvents,
  signal: AbortSignal,
): Promise<McpConnection> {
  const { clock } = outside
  const client = new Client({ name: 'parley', version: '0.1.0' }, { capabilities: {} })
  const { transport, process, isUnauthorized } = await transportTo(server, outside, events)
  signal.throwIfAborted()
  let isClosed = false
  const lose = (): void => {
    if (isClosed) return
    isClosed = true
    events.closed(process?.ended() ?? null)
  }
  client.onclose = lose
  const isInPace = createPace(serverLimits.messagesPerSecond, clock)
  /** A server that floods is ended, and started again later: asked politely it would go on meanwhile. */
  const count = (): void => {
    if (isInPace() || isClosed) return
    void process?.kill()
    // What is on its way already is not looked at.
    transport.onmessage = () => undefined
    transport.onerror = () => undefined
    lose()
    void client.close()
  }
  // The package calls what stands here before its own.
  transport.onmessage = count
  client.onerror = count
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => events.toolsChanged())

  async function close(): Promise<void> {
    isClosed = true
    // A server at an address keeps a place for us until it is told.
    if (transport instanceof StreamableHTTPClientTransport) await bid(transport, clock)
    await client.close()
  }

  const startMs = server.kind === 'stdio' ? serverLimits.startMs : serverLimits.dialMs
  let isReady = false
  try {
    await client.connect(transport, { timeout: startMs, signal })
    isReady = true
  } catch (error) {
    throw faultOf(error)
  } finally {
    // It is given no time: Parley may be ending.
    if (!isReady) {
      isClosed = true
      await process?.kill()
      await close().catch(() => undefined)
    }
  }

  function faultOf(error: unknown): StartFault {
    return startFault(error, {
      server,
      startMs,
      ended: process?.ended() ?? null,
      printed: process?.printed() ?? [],
      isUnauthorized: isUnauthorized(),
    })
  }

  const has = client.getServerCapabilities() ?? {}
  const saysNothing = [has.tools, has.resources, has.prompts].every((one) => one === undefined)

  /** All pages together have the time of a start. */
  async function list(): Promise<ListedTools> {
    let listing = emptyListing
    let cursor: string | undefined
    const untilMs = clock.monotonicMs() + serverLimits.dialMs
    for (let page = 0; page < serverLimits.pages; page++) {
      const params = cursor === undefined ? {} : { cursor }
      const timeout = Math.max(1, untilMs - clock.monotonicMs())
      const found = await client.request({ method: 'tools/list', params }, pageSchema, { timeout })
      const listed = found.tools.map((tool) => listedTool(server, tool))
      listing = addPage(listing, listed)
      cursor = found.nextCursor
      if (cursor === undefined || !listing.isWhole) return listing
    }
    return { ...listing, isWhole: false }
  }

  return {
    pid: process?.pid() ?? null,
    has: { resources: has.resources !== undefined, prompts: has.prompts !== undefined },
    async tools() {
      // Who says that it has other things has no tools, and need not know the question.
      if (has.tools === undefined && !saysNothing) return emptyListing
      try {
        return await list()
      } catch (error) {
        if (isClosed) throw faultOf(error)
        // It stands and has nothing to offer.
        const why = error instanceof McpError ? wordsOf(error) : 'its answer can’t be read'
        return saysNothing ? emptyListing : { ...emptyListing, leftOut: [{ name: 'all of its tools', why }] }
      }
    },
    async ask({ method, params, read }, signal) {
      const limit = limitTime(clock, serverLimits.callMs, signal)
      try {
        // Its own limit of time would look like an answer of the server's.
        const options = { signal: limit.signal, timeout: 2 * serverLimits.callMs }
        const said = read(await client.request({ method, params }, anything, options))
        return said === null ? { type: 'unreadable' } : { type: 'result', ...said }
      } catch (error) {
        signal.throwIfAborted()
        if (isClosed || limit.signal.aborted) {
          lose()
          return { type: 'lost' }
        }
        return answerFrom(error)
      } finally {
        limit.end()
      }
    },
    close,
  }

  function answerFrom(error: unknown): ServerAnswer {
    if (error instanceof McpError) return { type: 'refused', message: wordsOf(error) }
    if (error instanceof z.ZodError || error instanceof SyntaxError) return { type: 'unreadable' }
    const status = statusOf(error)
    // It has forgotten us, or does not know us any more: nothing was done, and we introduce ourselves anew.
    const isStranger = isUnauthorized() || error instanceof UnauthorizedError
    const isForgotten = isStranger || status === 404 || (status === 400 && /session/i.test(wordsOf(error)))
    const isRefused = status !== null && status >= 400 && status < 500
    // Over HTTP nobody else says that the server is gone.
    if (isForgotten || !isRefused) lose()
    return isRefused || isForgotten ? { type: 'refused', message: wordsOf(error) } : { type: 'lost' }
  }
}

/** Says that we are gone, to a server that may be gone itself. */
async function bid(transport: StreamableHTTPClientTransport, clock: Clock): Promise<void> {
  let undo = (): void => undefined
  const late = new Promise<void>((done) => (undo = clock.after(serverLimits.endMs, done)))
  await Promise.race([transport.terminateSession().catch(() => undefined), late])
  undo()
}

/** As much as is needed to read on; each tool is looked at by itself. */
const pageSchema = z.object({
  tools: z.array(z.unknown()),
  nextCursor: z.string().min(1).optional().catch(undefined),
})
const anything = z.looseObject({})

function statusOf(error: unknown): number | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : null
}

interface Reached {
  transport: Transport
  /** Null over HTTP. */
  process: ProcessTransport | null
  isUnauthorized: () => boolean
}

async function transportTo(
  server: McpServer,
  { clock, env, secrets, fetch: outward }: McpOutside,
  events: McpEvents,
): Promise<Reached> {
  if (server.kind === 'stdio') {
    const passed = server.passEnv.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]))
    const process = createProcessTransport({
      command: server.command,
      args: server.args,
      env: childEnvironment(env, 'program', Object.fromEntries(passed)),
      secrets: passed.map(([, value]) => value),
      clock,
      onPrinted: () => events.printed(process.printed()),
    })
    return { transport: process, process, isUnauthorized: () => false }
  }
  const kept = keptSecrets(secrets, server.url)
  const header = await kept.header()
  const signIn = header === null ? await kept.signIn() : null
  const { fetch, isUnauthorized } = createServerFetch(server.url, header, outward)
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    fetch,
    ...(signIn === null ? {} : { authProvider: quietProvider(kept, signIn) }),
  })
  return { transport, process: null, isUnauthorized }
}
