// A real engine server whose mind says what the test wants, and sockets to its Responses side.
import { onTestFinished } from 'vitest'
import type { EngineServerOptions } from '../../src/engine/server.ts'
import type { Ask } from '../../src/engine/ports.ts'
import { connectResponses, type ResponsesClient } from './responses-client.ts'
import { startScriptedEngine } from './scripted-engine.ts'
import type { Answer } from './scripted-mind.ts'

export interface Chains {
  url: string
  asks: readonly Ask[]
  faults: readonly unknown[]
  open(token?: string): ResponsesClient
}

export async function startChains(answer?: Answer, options: Partial<EngineServerOptions> = {}): Promise<Chains> {
  const engine = await startScriptedEngine({ ...(answer ? { answer } : {}), ...options })
  return {
    url: engine.url,
    asks: engine.mind.asks,
    faults: engine.faults,
    open(token) {
      const client = connectResponses(engine.url, token)
      onTestFinished(() => client.socket.terminate())
      return client
    },
  }
}

export const user = (text: string): Record<string, unknown> => ({ type: 'message', role: 'user', content: text })

export const tool = (name: string, properties: Record<string, unknown>, description = ''): Record<string, unknown> => ({
  type: 'function',
  name,
  description,
  parameters: { type: 'object', properties, required: Object.keys(properties) },
  strict: false,
})
