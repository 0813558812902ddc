// Small sayings that the errands share.
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

export function listed(names: readonly string[], most = 12): string {
  const shown = names.slice(0, most)
  const rest = names.length - shown.length
  const all = rest > 0 ? [...shown, `${rest} more`] : shown
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`
}
