// When a server wants to be asked again: `retry-after` in seconds or as a date (RFC 9110 10.2.3), `retry-after-ms` where somebody
// says it so. Pure.

/** @param headers by their names in any case @param nowMs wall clock; null: a date says nothing @returns null where nothing is said */
export function readRetryAfter(headers: Readonly<Record<string, unknown>>, nowMs: number | null): number | null {
  const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const ms = countOf(named.get('retry-after-ms'))
  if (ms !== null) return ms
  const after = named.get('retry-after')
  const seconds = countOf(after)
  if (seconds !== null) return seconds * 1_000
  // What has no letters is no date, whatever else can be made of it.
  const atMs = typeof after === 'string' && /[a-z]/i.test(after) ? Date.parse(after) : Number.NaN
  return nowMs === null || Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs)
}

function countOf(value: unknown): number | null {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof count === 'number' && Number.isFinite(count) && count >= 0 ? count : null
}
