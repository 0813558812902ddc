// Those at the door who have not shown yet that they may come in. Their number is bounded, and a newcomer is never turned
// away for it: whoever waits longest of the address that has most of them gives way. So nobody can block the door by waiting.

export interface Waiting<One> {
  /** @returns the one that has to go, or null */
  add(one: One, address: string): One | null
  /** It came in, or left. */
  remove(one: One): void
  count(): number
}

export function createWaiting<One>(most: number): Waiting<One> {
  /** In the order of arrival. */
  const addresses = new Map<One, string>()

  function longestOfMost(): One | null {
    const counts = new Map<string, number>()
    for (const address of addresses.values()) counts.set(address, (counts.get(address) ?? 0) + 1)
    const highest = Math.max(...counts.values())
    for (const [one, address] of addresses) if (counts.get(address) === highest) return one
    return null
  }

  return {
    add(one, address) {
      addresses.set(one, address)
      if (addresses.size <= most) return null
      const leaving = longestOfMost()
      if (leaving !== null) addresses.delete(leaving)
      return leaving
    },
    remove: (one) => void addresses.delete(one),
    count: () => addresses.size,
  }
}
