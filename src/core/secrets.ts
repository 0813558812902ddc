// What looks like a key: the shapes that services give theirs, and long texts that chance wrote. One place for settings, logs,
// diagnostics and what a person says or types.

/** By their beginnings, as the services document them. */
const shapes = [
  /\b(?:sk|ek|rk|pk)[-_][A-Za-z0-9_*-]{16,}/,
  /\b(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{30,}/,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/,
  /\bglpat-[A-Za-z0-9_-]{18,}/,
  /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/,
  /\bAIza[A-Za-z0-9_-]{35}/,
  /\bya29\.[A-Za-z0-9_-]{20,}/,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  /\bxapp-[A-Za-z0-9-]{10,}/,
  /\b(?:gsk|hf|npm|whsec|shpat|shpss|dop_v1|nvapi|xai|tskey|lin_api)[-_][A-Za-z0-9_-]{20,}/,
  /\bpypi-[A-Za-z0-9_-]{20,}/,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/,
  /\bAGE-SECRET-KEY-1[A-Z0-9]{20,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----|[\s\S]*)/,
]
const shaped = new RegExp(shapes.map(({ source }) => source).join('|'), 'g')

/** Without `/` and `.`, so that no path and no address is one. */
const long = /[A-Za-z0-9+_=-]{32,}/g
/** Bits a character; words joined by dashes have less, and hexadecimal digests at most 4. */
const leastEntropy = 4

export interface Hidden {
  text: string
  /** How many were hidden. */
  count: number
}

/** The text with every key in it masked; its first four characters say which it was. */
export function hideKeys(text: string): Hidden {
  let count = 0
  const mask = (key: string): string => {
    count++
    return `${key.slice(0, 4)}••••`
  }
  const masked = text.replace(shaped, mask).replace(long, (word) => (isByChance(word) ? mask(word) : word))
  return { text: masked, count }
}

/** Whether something in it looks like a key, at any depth. */
export function holdsKey(value: unknown): boolean {
  return hideKeys(JSON.stringify(value)).count > 0
}

function isByChance(word: string): boolean {
  if (!/[a-z]/.test(word) || !/[A-Z]/.test(word) || !/[0-9]/.test(word)) return false
  const counts = new Map<string, number>()
  for (const character of word) counts.set(character, (counts.get(character) ?? 0) + 1)
  const shares = [...counts.values()].map((count) => count / word.length)
  return -shares.reduce((sum, share) => sum + share * Math.log2(share), 0) >= leastEntropy
}
