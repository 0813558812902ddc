// What main's loop does between two of its turns, by the time that the processor gave it: a machine that is busy with others
// makes no turn longer, as it does by the wall clock.

export interface LoopWatch {
  /** Of the turns so far: the longest, and the one that so many in a hundred are not longer than, in ms of processor time. */
  longest(percent?: number): number
  end(): void
}

const everyMs = 5

export function watchMainLoop(): LoopWatch {
  const turns: number[] = []
  let before = process.cpuUsage()
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(before)
    before = process.cpuUsage()
    turns.push((user + system) / 1_000)
  }, everyMs)
  return {
    longest(percent = 100) {
      const sorted = turns.toSorted((one, other) => one - other)
      return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Infinity
    },
    end: () => clearInterval(timer),
  }
}
