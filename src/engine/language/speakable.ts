// Values as they are said aloud: numbers, durations, lists of things. Times and dates are in zoned.ts.

/** `425`, `8.05`, `12,500`, `0.00032`; at most four decimals, two from 1 on. */
export function sayNumber(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e15 || size < 1e-4)) {
    const [digits = '', power = ''] = value.toExponential(3).split('e')
    return `${Number(digits)} times 10 to the power of ${Number(power)}`
  }
  const decimals = size < 1 ? 4 : size < 10 ? 3 : 2
  return value
    .toLocaleString('en-GB', { maximumFractionDigits: decimals, useGrouping: size >= 10_000 })
    .replace(/^-0$/, '0')
}

/** Whether `sayNumber` leaves something off. */
export function isRounded(value: number): boolean {
  const said = Number(sayNumber(value).replaceAll(',', ''))
  return Number.isFinite(said) && Math.abs(said - value) > Math.abs(value) * 1e-9
}

/** `milk`, `milk and eggs`, `milk, eggs and bread`. */
export function sayAll(things: readonly string[], word = 'and'): string {
  if (things.length < 2) return things[0] ?? ''
  return `${things.slice(0, -1).join(', ')} ${word} ${things.at(-1) ?? ''}`
}

/** `1 timer`, `3 timers`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${sayNumber(amount)} ${amount === 1 ? one : many}`
}

/** The two largest parts that matter: `1 hour and 30 minutes`, `45 seconds`, `2 days and 3 hours`. */
export function sayDuration(durationMs: number): string {
  const total = Math.max(0, Math.round(durationMs / 1_000))
  const parts = [
    { amount: Math.floor(total / 86_400), word: 'day' },
    { amount: Math.floor((total % 86_400) / 3_600), word: 'hour' },
    { amount: Math.floor((total % 3_600) / 60), word: 'minute' },
    { amount: total % 60, word: 'second' },
  ]
  const first = parts.findIndex((part) => part.amount > 0)
  if (first === -1) return '0 seconds'
  const said = parts.slice(first, first + 2).filter((part) => part.amount > 0)
  return sayAll(said.map((part) => count(part.amount, part.word)))
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** With one full stop at its end, unless it ends a sentence already. */
export function sentence(text: string): string {
  const trimmed = text.trim()
  return /[.!?]$/.test(trimmed) ? capitalised(trimmed) : `${capitalised(trimmed)}.`
}

/** At most `maxChars`, cut at a word. */
export function shortened(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  const cut = text.slice(0, maxChars - 1)
  const space = cut.lastIndexOf(' ')
  return `${cut.slice(0, space > maxChars / 2 ? space : undefined).replace(/[\s,;:.-]+$/, '')}…`
}

/** `88 KB`. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1_024) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`
  const [value, unit] =
    bytes < 1_024 ** 2
      ? [bytes / 1_024, 'KB']
      : bytes < 1_024 ** 3
        ? [bytes / 1_024 ** 2, 'MB']
        : [bytes / 1_024 ** 3, 'GB']
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ${unit}`
}

/** As `sayAll`, with the number of those that were left out. */
export function listed(names: readonly string[], most = 12): string {
  const shown = names.slice(0, most)
  const rest = names.length - shown.length
  return sayAll(rest > 0 ? [...shown, `${rest} more`] : shown)
}
