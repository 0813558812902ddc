// Parley's own environment once it has begun: what is a key leaves it, so that nothing started later inherits one. Pure but for
// the environment that it is given.
import { holdsSecret } from './settings.ts'

export type Environment = Record<string, string | undefined>

/** `KEYBOARD` and `AUTHORITY` are none. */
const secretName =
  /(?:^|_)(?:\w*(?:API|ACCESS|SECRET|PRIVATE)KEY|KEY|TOKEN|SECRET|PASS|PASSWD|PASSWORD|PASSPHRASE|CREDENTIALS?|PAT|DSN)(?:_|$)/i

/** What a program may be told by name and must not be handed on: `name` alone decides, or the look of the value. */
export function isSecretVariable(name: string, value: string): boolean {
  if (/_proxy$/i.test(name) && value.includes('@')) return true
  return secretName.test(name) || holdsSecret(value) || /^\w+:\/\/[^/@\s]*:[^/@\s]+@/.test(value)
}

/** Takes the keys out of `env`. @returns everything that stood there, for those parts that ask for a key by its name */
export function takeSecrets(env: Environment): Environment {
  const given = { ...env }
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && isSecretVariable(name, value)) Reflect.deleteProperty(env, name)
  return given
}
