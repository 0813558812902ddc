// Looks for a model server on this computer: Ollama, LM Studio and llama.cpp at the ports they have by default. Only a
// person who asks for it makes it look; nothing is asked before and nothing is asked again.
import { z } from 'zod'
import { talksHere, type LocalModels } from '../../core/local-models.ts'
import { systemClock } from '../clock.ts'
import { limitTime } from '../time-limit.ts'

export type Place = Pick<LocalModels, 'name' | 'port'>

const places = [
  { name: 'Ollama', port: 11_434 },
  { name: 'LM Studio', port: 1_234 },
  { name: 'llama.cpp', port: 8_080 },
] as const

/** A server on this computer answers in milliseconds, or is none. */
const patienceMs = 1_500
const mostModels = 100

const listSchema = z.object({ data: z.array(z.object({ id: z.string().min(1).max(300) })) })

/** Those that answer, in a fixed order. Never rejects; what answers with something else than a list of models is none. */
export async function findLocalModels(
  fetch: typeof globalThis.fetch,
  at: readonly Place[] = places,
): Promise<LocalModels[]> {
  const found = await Promise.all(at.map((place) => ask(fetch, place).catch(() => null)))
  return found.filter((one) => one !== null)
}

async function ask(fetch: typeof globalThis.fetch, { name, port }: Place): Promise<LocalModels | null> {
  const { signal, end } = limitTime(systemClock, patienceMs)
  try {
    const response = await fetch(`http://127.0.0.1:${port}/v1/models`, { redirect: 'error', signal })
    return response.ok ? modelsIn(await response.json(), { name, port }) : null
  } finally {
    end()
  }
}

function modelsIn(body: unknown, { name, port }: Place): LocalModels | null {
  const list = listSchema.safeParse(body).data
  const models = list?.data.map(({ id }) => id).filter(talksHere) ?? []
  return models.length === 0 ? null : { name, port, models: models.slice(0, mostModels) }
}
