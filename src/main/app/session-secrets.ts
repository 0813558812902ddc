// Keys without a keyring: kept in memory until Parley ends, beside those that the environment brings.
import type { Secrets } from '../ports.ts'

export function createSessionSecrets(env: NodeJS.ProcessEnv): Secrets {
  const keys = new Map<string, string>()
  const given = env['OPENAI_API_KEY']?.trim() ?? ''
  if (given !== '') keys.set('openai', given)
  return {
    keeping: () => Promise.resolve('session'),
    get: (name) => Promise.resolve(keys.get(name) ?? null),
    set(name, key) {
      keys.set(name, key)
      return Promise.resolve()
    },
    remove(name) {
      keys.delete(name)
      return Promise.resolve()
    },
  }
}
