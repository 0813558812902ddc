// Takes out of a text from elsewhere what may be a key, before it is kept or exported: a service can say a key back.
import { hideKeys } from '../secrets.ts'

const keyLike = /\b(?:sk|ek|rk|pk)[-_][A-Za-z0-9_*-]{6,}|\bBearer\s+\S+|[A-Za-z0-9+/_=-]{24,}/g

export function withoutSecrets(text: string): string {
  return hideKeys(text.replace(keyLike, '[hidden]')).text
}
