// What goes over HTTP goes by the proxy too: tasks at a service that takes no sockets, and servers of tools.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { onTestFinished, expect, it } from 'vitest'
import { startToolServer } from '../../../src/main/agent/mcp/server.ts'
import { createSessionSecrets } from '../../../src/main/app/session-secrets.ts'
import { systemClock } from '../../../src/main/clock.ts'
import { agentRequest } from '../../../src/main/net/endpoint.ts'
import { createWayOut } from '../../../src/main/net/way-out.ts'
import type { WayOut } from '../../../src/main/ports.ts'
import { joinAgent, linesOf, whenEnded } from '../../support/agent-line.ts'
import { openConnectProxy, type ConnectProxy } from '../../support/connect-proxy.ts'
import { createMemoryRecord } from '../../support/memory-record.ts'
import { createScriptedResponses } from '../../support/scripted-responses.ts'
import { countTo } from '../../support/scripted-mind-of-tasks.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { openTlsFront } from '../../support/tls-front.ts'

const key = 'canary7f3a9c51e2bd4806'

async function behindProxy(port: number): Promise<{ wayOut: WayOut; proxy: ConnectProxy }> {
  const front = await openTlsFront('voice.example', { '/': port })
  const proxy = await openConnectProxy({ leads: { 'voice.example:443': front.port }, user: 'me:geheim' })
  onTestFinished(async () => {
    await proxy.close()
    await front.close()
  })
  const env = { HTTPS_PROXY: `http://me:geheim@${proxy.host}`, NODE_EXTRA_CA_CERTS: front.authority }
  return { wayOut: createWayOut({ choice: () => 'system', env }), proxy }
}

it('[C221] a task goes over HTTP by the proxy where the service takes no sockets', async () => {
  const server = await createScriptedResponses({ mind: countTo(2), refuse: () => 426 })
  const { wayOut, proxy } = await behindProxy(Number(new URL(server.url).port))
  const folder = temporaryFolder()
  const agent = joinAgent(server.url, folder, createMemoryRecord(), {
    fetch: wayOut.fetch,
    request: () => wayOut.by(agentRequest({ baseUrl: 'wss://voice.example/v1?api-version=1', key })),
  })
  onTestFinished(async () => {
    await agent.stop()
    await server.close()
  })
  const task = agent.begin({ request: 'Append two lines.', context: '' })
  expect(await whenEnded(agent, task)).toMatchObject({ state: 'done', result: '2 done' })
  expect(linesOf(`${folder}/effects`)).toHaveLength(2)
  expect(server.requests.map(({ over }) => over)).toEqual(['http', 'http', 'http'])
  expect(new Set(proxy.asked)).toEqual(new Set(['voice.example:443']))
  expect(proxy.seen()).not.toContain(key)
})

it('[C222] a task that the proxy keeps from the service is a draft that says so', async () => {
  const server = await createScriptedResponses({ mind: countTo(1), refuse: () => 426 })
  const { wayOut, proxy } = await behindProxy(Number(new URL(server.url).port))
  proxy.refuse(403)
  const agent = joinAgent(server.url, temporaryFolder(), createMemoryRecord(), {
    fetch: wayOut.fetch,
    request: () => wayOut.by(agentRequest({ baseUrl: 'wss://voice.example/v1', key })),
  })
  onTestFinished(async () => {
    await agent.stop()
    await server.close()
  })
  const ended = await whenEnded(agent, agent.begin({ request: 'Append a line.', context: '' }))
  expect(ended).toMatchObject({ state: 'draft' })
  expect(ended.result).toContain(`The proxy ${proxy.host} does not let anybody reach voice.example`)
})

it('[C221] a server of tools over HTTP is reached by the proxy', async () => {
  const http = createServer((request, response) => void answer(request, response))
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { wayOut, proxy } = await behindProxy((http.address() as AddressInfo).port)
  let tellReady = (): void => undefined
  const ready = new Promise<void>((resolve) => (tellReady = resolve))
  const server = startToolServer({
    settings: { kind: 'http', name: 'far', url: 'https://voice.example/mcp', trustsHints: false },
    clock: systemClock,
    random: Math.random,
    env: {},
    secrets: createSessionSecrets({}),
    fetch: wayOut.fetch,
    onChanged() {
      if (server.state() === 'ready') tellReady()
    },
  })
  onTestFinished(async () => {
    await server.close()
    http.closeAllConnections()
    http.close()
  })
  await ready
  expect(server.tools().map(({ name }) => name)).toEqual(['greet'])
  expect(new Set(proxy.asked)).toEqual(new Set(['voice.example:443']))
  expect(proxy.seen()).not.toContain('greet')
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') return void response.writeHead(405).end()
  const server = new McpServer({ name: 'far', version: '1' })
  server.registerTool('greet', { description: 'Greets.' }, () => ({ content: [{ type: 'text', text: 'hello' }] }))
  const transport = new StreamableHTTPServerTransport()
  await server.connect(transport)
  await transport.handleRequest(request, response)
}
