// The few figures that measures print.

/** The value that the share `of` (0–1) of the values do not exceed. NaN for none. */
export function percentile(values: readonly number[], of: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * of) - 1)] ?? Number.NaN
}

export function printTable(rows: readonly (readonly [what: string, figure: string, wanted: string])[]): void {
  const width = Math.max(...rows.map(([what]) => what.length))
  for (const [what, figure, wanted] of rows)
    console.log(`${what.padEnd(width)}  ${figure}${wanted === '' ? '' : `  (wanted: ${wanted})`}`)
}
