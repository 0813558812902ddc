// The one door to the Model Context Protocol: one connection to one server, over the pipes of a process or over HTTP. Offers the
// server nothing of ours: no sampling, no questions to the person, no folders.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import {
  CallToolResultSchema,
  ErrorCode,
  ListToolsResultSchema,
  McpError,
  ToolListChangedNotificationSchema,
  type CallToolResult,
} from '@modelcontextprotocol/sdk/types.js'
import type { McpServer } from '../../../core/settings.ts'
import { serverLimits } from '../../../core/agent/limits.ts'
import { childEnvironment } from '../../child-environment.ts'
import type { Clock, Fetch } from '../../ports.ts'
import { createBoundedFetch } from './bounded-fetch.ts'
import { addPage, listedTool, type Shelf } from './listed-tool.ts'
import { createPace } from './pace.ts'

export type ServerAnswer =
  | { type: 'result'; text: string; isError: boolean }
  /** The server refused; nothing ran. */
  | { type: 'refused'; message: string }
  /** It was asked and no answer came. */
  | { type: 'lost' }

export interface McpConnection {
  /** Of a process, null over HTTP. */
  pid: number | null
  tools(): Promise<Shelf>
  /** Rejects only when the signal is aborted. */
  call(name: string, given: Record<string, unknown>, signal: AbortSignal): Promise<ServerAnswer>
  close(): Promise<void>
}

export interface McpEvents {
  toolsChanged(): void
  /** Once, unless we closed it. */
  closed(): void
}

const startMs = 30_000
/** The toolbox gives up before. */
const callMs = 60_000

/** Resolves when the server has introduced itself. @param outside.env Parley's own environment, from which little is passed on */
export async function connectMcp(
  server: McpServer,
  { clock, env, fetch = globalThis.fetch }: { clock: Clock; env: NodeJS.ProcessEnv; fetch?: Fetch },
  events: McpEvents,
  signal: AbortSignal,
): Promise<McpConnection> {
  const client = new Client({ name: 'parley', version: '0.1.0' }, { capabilities: {} })
  const transport = transportTo(server, env, fetch)
  let isClosed = false
  const lose = (): void => {
    if (!isClosed) events.closed()
    isClosed = true
  }
  client.onclose = lose
  const isInPace = createPace(serverLimits.messagesPerSecond, clock)
  let pid: number | null = null
  /** A server that floods is ended, and started again later: asked politely it would go on meanwhile. */
  const count = (): void => {
    if (isInPace() || isClosed) return
    if (pid !== null) killNow(pid)
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
    await client.close()
  }

  const connecting = client.connect(transport, { timeout: startMs, signal })
  // The process is spawned within that call; afterwards a failed transport no longer knows it.
  pid = transport instanceof StdioClientTransport ? transport.pid : null
  try {
    await connecting
  } catch (error) {
    await close().catch(() => undefined)
    // The package would wait four seconds with it, and Parley may be ending.
    if (pid !== null) killNow(pid)
    throw error
  }
  return {
    pid,
    async tools() {
      let shelf: Shelf = { tools: [], isWhole: true }
      let cursor: string | undefined
      // All pages together have the time of a start.
      const untilMs = clock.monotonicMs() + startMs
      for (let page = 0; page < serverLimits.pages; page++) {
        const params = cursor === undefined ? {} : { cursor }
        const options = { timeout: Math.max(1, untilMs - clock.monotonicMs()) }
        const found = await client.request({ method: 'tools/list', params }, ListToolsResultSchema, options)
        shelf = addPage(
          shelf,
          found.tools.map((tool) => listedTool(server, tool)),
        )
        cursor = found.nextCursor
        if (cursor === undefined || !shelf.isWhole) return shelf
      }
      return { ...shelf, isWhole: false }
    },
    async call(name, given, signal) {
      try {
        const params = { name, arguments: given }
        const options = { signal, timeout: callMs }
        const result = await client.request({ method: 'tools/call', params }, CallToolResultSchema, options)
        return { type: 'result', text: textOf(result), isError: result.isError === true }
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof McpError && !lostCodes.includes(error.code))
          return { type: 'refused', message: error.message }
        // Over HTTP nobody else says that the server is gone.
        lose()
        return { type: 'lost' }
      }
    },
    close,
  }
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone.
  }
}

const lostCodes: readonly number[] = [ErrorCode.ConnectionClosed, ErrorCode.RequestTimeout]

function transportTo(
  server: McpServer,
  env: NodeJS.ProcessEnv,
  fetch: Fetch,
): StdioClientTransport | StreamableHTTPClientTransport {
  switch (server.kind) {
    case 'stdio': {
      const passed = server.passEnv.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]))
      return new StdioClientTransport({
        command: server.command,
        args: [...server.args],
        env: childEnvironment(env, 'program', Object.fromEntries(passed)),
        stderr: 'ignore',
        maxBufferSize: serverLimits.messageBytes,
      })
    }
    case 'http':
      return new StreamableHTTPClientTransport(new URL(server.url), { fetch: createBoundedFetch(fetch) })
  }
}

/** Words only; what else comes is named. */
function textOf({ content, structuredContent }: CallToolResult): string {
  const parts = content.map((part) => {
    switch (part.type) {
      case 'text':
        return part.text
      case 'resource':
        return 'text' in part.resource ? part.resource.text : `[a file: ${part.resource.uri}]`
      case 'resource_link':
        return `[a link: ${part.uri}]`
      case 'image':
        return '[a picture]'
      case 'audio':
        return '[a sound]'
    }
  })
  if (parts.length === 0 && structuredContent !== undefined) return JSON.stringify(structuredContent)
  return parts.join('\n')
}
