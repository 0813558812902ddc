// Times, dates and figures as they are read. Pure: now is an argument.

/** `3:07`, `1:02:45`. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** For a list: the time today, the weekday this week, the date before. */
export function whenShort(atMs: number, nowMs: number): string {
  const at = new Date(atMs)
  const days = Math.floor((startOfDay(nowMs) - startOfDay(atMs)) / 86_400_000)
  if (days <= 0) return at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
  if (days === 1) return 'Yesterday'
  if (days < 7) return at.toLocaleDateString(undefined, { weekday: 'long' })
  return at.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
}

function startOfDay(ms: number): number {
  const day = new Date(ms)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
}

export function milliseconds(ms: number | null): string {
  return ms === null ? '–' : `${Math.round(ms)} ms`
}

export function count(value: number): string {
  return value.toLocaleString()
}

/** `10:41:07` */
export function timeOfDay(atMs: number): string {
  return new Date(atMs).toLocaleTimeString()
}

/** @param bytes `0`, `512 bytes`, `12 KB` */
export function dataAmount(bytes: number): string {
  if (bytes < 1_000) return bytes === 0 ? '0' : `${bytes} bytes`
  return `${count(Math.round(bytes / 1_000))} KB`
}

/** @param usd US dollars; what is not nothing never reads as nothing */
export function money(usd: number): string {
  return usd > 0 && usd < 0.01 ? 'under $0.01' : `$${usd.toFixed(2)}`
}
