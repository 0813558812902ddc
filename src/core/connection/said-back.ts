// A service can say its key back. It is taken out of what a service says about a failure (error texts, the reasons of closes) and of
// nothing else: what was said in a conversation is recorded letter for letter, also where a key is a common word.

type Fields = Record<string, unknown>

export interface KeyHider {
  /** Of a text that tells a failure. */
  text(text: string): string
  /** Of a frame: the same text where it tells none. */
  frame(frame: string): string
}

/** `test`, `none` and `x` are keys, and words: a shorter one is never looked for. */
const leastLength = 8
/** Errors are small; what is nested deeper is not told anywhere. */
const deepest = 8

/** @param headers of the request that carried the key */
export function createKeyHider(headers: Readonly<Record<string, string>>): KeyHider {
  const keys = Object.values(headers)
    .map((value) => value.replace(/^Bearer /, ''))
    .filter((key) => key.length >= leastLength)
    // One character that no sound has rules out most frames; to look for all of the key takes ten times as long.
    .map((key) => ({ key, rare: /[^\w+/=]/.exec(key)?.[0] ?? key }))

  const holds = (text: string): boolean => keys.some(({ key, rare }) => text.includes(rare) && text.includes(key))
  const text = (from: string): string => keys.reduce((rest, { key }) => rest.replaceAll(key, '[key]'), from)

  function hide(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return text(value)
    if (depth >= deepest || !isObject(value)) return value
    if (Array.isArray(value)) return value.map((one) => hide(one, depth + 1))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hide(one, depth + 1)]))
  }

  /** In place. */
  function hideIn(fields: Fields, names: readonly string[]): void {
    for (const name of names) if (Object.hasOwn(fields, name)) fields[name] = hide(fields[name])
  }

  function hideInEvent(event: Fields): string {
    hideIn(event, event['type'] === 'error' ? ['error', 'message', 'code', 'param'] : ['type', 'error'])
    const { response } = event
    if (isObject(response)) hideIn(response, ['error', 'status_details', 'incomplete_details'])
    return JSON.stringify(event)
  }

  return {
    text: (from) => (holds(from) ? text(from) : from),
    frame(frame) {
      if (!holds(frame)) return frame
      try {
        const event: unknown = JSON.parse(frame)
        if (!isObject(event)) return frame
        const asSent = JSON.stringify(event)
        const hidden = hideInEvent(event)
        return hidden === asSent ? frame : hidden
      } catch {
        // What is no event, or nested so deeply that it can't be written again, is told nowhere.
        return frame
      }
    },
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}
