// A real engine server on a free port, with scripted speech and mind behind it. Each test starts its own.
import { onTestFinished } from 'vitest'
import { createEngineServer, type EngineServerOptions } from '../../src/engine/server.ts'
import { systemClock } from '../../src/engine/clock.ts'
import { connect, tokenForTests, type ConnectOptions, type RealtimeClient } from './realtime-client.ts'
import { createScriptedMind, type Answer, type ScriptedMind } from './scripted-mind.ts'
import { createScriptedSpeech, type ScriptedSpeech } from './scripted-speech.ts'

export interface ScriptedEngine {
  url: string
  speech: ScriptedSpeech
  mind: ScriptedMind
  faults: unknown[]
  /** Sockets that are open at the server. */
  connections(): number
  /** A client past its session.created. */
  join(options?: ConnectOptions): Promise<RealtimeClient>
  /** A client as it is after the upgrade. */
  open(options?: ConnectOptions): RealtimeClient
}

export async function startScriptedEngine(
  options: { answer?: Answer } & Partial<EngineServerOptions> = {},
): Promise<ScriptedEngine> {
  const { answer, ...rest } = options
  const speech = createScriptedSpeech()
  const mind = createScriptedMind(answer)
  const faults: unknown[] = []
  const server = await createEngineServer({
    token: tokenForTests,
    clock: systemClock,
    speech: Promise.resolve(speech),
    mind,
    onFault: (fault) => faults.push(fault),
    ...rest,
  })
  const clients: RealtimeClient[] = []
  onTestFinished(async () => {
    for (const client of clients) client.socket.terminate()
    await server.close()
  })
  const open = (how?: ConnectOptions): RealtimeClient => {
    const client = connect(server.url, how)
    clients.push(client)
    return client
  }
  return {
    url: server.url,
    speech,
    mind,
    faults,
    connections: () => server.connections(),
    open,
    async join(how) {
      const client = open(how)
      await client.next('session.created')
      return client
    },
  }
}

/** The session of push-to-talk: no turn detection, text answers unless said otherwise. */
export const manualText = {
  type: 'session.update',
  session: { type: 'realtime', output_modalities: ['text'], audio: { input: { turn_detection: null } } },
} as const
