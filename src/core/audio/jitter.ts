// How much of an item must be there before it is played, so that what comes late is not heard as a gap: measured on the items
// before, a little more than the latest of their pieces was late. It changes between items and at gaps only, where nothing
// sounds that could click.

export interface Jitter {
  /**
   * A piece of `item` arrived. @param nowMs of the player, which stands still while it does
   * @param beforeMs how much of the item had arrived before
   */
  arrived(item: string, nowMs: number, beforeMs: number): void
  /** What is measured of the newest item is kept for the next ones from now on. */
  targetMs(): number
}

export interface JitterRules {
  fewestMs: number
  mostMs: number
  /** On top of what was measured. */
  spareMs: number
  /** Of so many items, the newest. */
  items: number
}

export const jitterRules: JitterRules = { fewestMs: 60, mostMs: 400, spareMs: 20, items: 6 }

export function createJitter(rules: JitterRules = jitterRules): Jitter {
  /** Of each item: how late its first piece was against its place, and how much later the latest one. */
  let items: { item: string; firstMs: number; laterMs: number }[] = []
  return {
    arrived(item, nowMs, beforeMs) {
      const lateMs = nowMs - beforeMs
      const known = items.find((one) => one.item === item)
      if (known) known.laterMs = Math.max(known.laterMs, lateMs - known.firstMs)
      else items = [...items, { item, firstMs: lateMs, laterMs: 0 }].slice(-rules.items)
    },
    targetMs() {
      const latestMs = Math.max(0, ...items.map(({ laterMs }) => laterMs))
      const wantedMs = latestMs === 0 ? rules.fewestMs : latestMs + rules.spareMs
      return Math.min(rules.mostMs, Math.max(rules.fewestMs, wantedMs))
    },
  }
}
