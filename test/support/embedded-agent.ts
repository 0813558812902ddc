// The engine's Responses side with its real mind, in the test's or the measure's own process: no models are loaded, so
// it is there in milliseconds. Nothing is heard or spoken.
import { createMovableClock, systemClock, type MovableClock } from '../../src/engine/clock.ts'
import { createMind } from '../../src/engine/mind/mind.ts'
import { createEngineServer, type EngineServerOptions } from '../../src/engine/server.ts'
import { tokenForTests } from './realtime-client.ts'
import { createScriptedSpeech } from './scripted-speech.ts'

export interface EmbeddedAgent {
  /** `http://127.0.0.1:port/v1`; the socket is at `/responses` below it. */
  url: string
  /** The key to present. */
  token: string
  /** Of the `model` field. */
  model: string
  clock: MovableClock
  close(): Promise<void>
}

/** @param options `serverTimeMs` is what a thinking server would take for each response; 0 by default */
export async function startEmbeddedAgent(options: Partial<EngineServerOptions> = {}): Promise<EmbeddedAgent> {
  const clock = createMovableClock(systemClock)
  const mind = createMind({ dataDir: null, clock, random: () => 0, timeZone: 'UTC', localModel: null })
  const server = await createEngineServer({
    token: tokenForTests,
    clock,
    speech: Promise.resolve(createScriptedSpeech()),
    mind,
    ...options,
  })
  return {
    url: server.url,
    token: options.token ?? tokenForTests,
    model: 'parley-embedded',
    clock,
    async close() {
      await server.close()
      await mind.close()
    },
  }
}
