// Several ways to do the same thing, measured in turns, so that a busy machine is busy for all of them.
import { percentile } from './statistics.ts'

/** @returns the median of each; the rounds before the first, of which `measure` is told, warm the compiler */
export async function measureInTurns<Name extends string>(
  names: readonly Name[],
  { rounds, warmUp }: { rounds: number; warmUp: number },
  measure: (name: Name, isWarmUp: boolean) => Promise<number>,
  onRound: (done: number, of: number) => void = () => undefined,
): Promise<Record<Name, number>> {
  const figures = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of names) {
      const figure = await measure(name, round < 0)
      if (round >= 0) figures.get(name)?.push(figure)
    }
    onRound(round + warmUp + 1, rounds + warmUp)
  }
  const medians = names.map((name) => [name, percentile(figures.get(name) ?? [], 0.5)] as const)
  return Object.fromEntries(medians) as Record<Name, number>
}
