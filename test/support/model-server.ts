// A model server on this machine, as a real HTTP server of one model. Ends with the test.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { MindTool } from '../../src/engine/ports.ts'
import { createTalk, type Talk } from './talk.ts'

export interface ChatBody {
  model: string
  stream: boolean
  messages: { role: string; content: string | null; tool_calls?: unknown[]; tool_call_id?: string }[]
  tools?: { function: { name: string } }[]
  tool_choice?: unknown
}
export type Chat = (body: ChatBody, response: ServerResponse, request: IncomingMessage) => void

/** A server of one model; `chat` answers the completions. @param listed what is waited for before the models are told */
export async function serveModel(
  chat: Chat,
  models: unknown = { data: [{ id: 'nomic-embed' }, { id: 'small' }] },
  { port = 0, listed }: { port?: number; listed?: () => Promise<void> } = {},
): Promise<{ url: string; bodies: ChatBody[]; asked: Promise<void> }> {
  const bodies: ChatBody[] = []
  let hear: () => void = () => undefined
  const asked = new Promise<void>((resolve) => (hear = resolve))
  const server = createServer((request, response) => {
    if (request.url === '/v1/models') {
      void Promise.resolve(listed?.()).then(() => response.end(JSON.stringify(models)))
      return
    }
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      const body = JSON.parse(text) as ChatBody
      bodies.push(body)
      chat(body, response, request)
      hear()
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, asked }
}

export const chunk = (delta: unknown): string => `data: ${JSON.stringify({ choices: [{ delta }] })}\n\n`
export const words = (...pieces: string[]): string => pieces.map((content) => chunk({ content })).join('')
export const talkTo = (url: string, tools: MindTool[] = []): Talk => createTalk({ localModel: { url }, tools })
