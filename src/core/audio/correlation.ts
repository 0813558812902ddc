// How alike two rows of figures move.

/** Pearson's, −1 to 1; 0 where one of them does not move. Both as long as `one`. */
export function correlation(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanOne, meanOther] = [mean(one), mean(other)]
  let [both, own, others] = [0, 0, 0]
  for (const [at, value] of one.entries()) {
    const [x, y] = [value - meanOne, (other[at] ?? 0) - meanOther]
    both += x * y
    own += x * x
    others += y * y
  }
  return own === 0 || others === 0 ? 0 : both / Math.sqrt(own * others)
}
