// A map of the newest so many, as a value: adding gives another one and copies a few entries, however many there are. New ones
// are in a small map that is copied, and go over to the large one together. The one that was put in last, which is likely to be
// put in again, stands by itself.

const mostYoung = 16

interface Entry<Value> {
  readonly key: string
  readonly value: Value
}

export class Recent<Value> {
  // Fields that JavaScript itself hides cost several times as much to set, and this is made anew with every event.
  private readonly last: Entry<Value> | null
  private readonly young: ReadonlyMap<string, Value>
  private readonly old: ReadonlyMap<string, Value>
  private readonly most: number

  /** @param most so many are kept, the newest; more than seventeen */
  constructor(
    most: number,
    last: Entry<Value> | null = null,
    young: ReadonlyMap<string, Value> = new Map(),
    old: ReadonlyMap<string, Value> = new Map(),
  ) {
    this.most = most
    this.last = last
    this.young = young
    this.old = old
  }

  get(key: string): Value | undefined {
    if (this.last?.key === key) return this.last.value
    return this.young.has(key) ? this.young.get(key) : this.old.get(key)
  }

  has(key: string): boolean {
    return this.last?.key === key || this.young.has(key) || this.old.has(key)
  }

  /** Oldest first; one that was given a new value may have moved on. */
  entries(): (readonly [key: string, value: Value])[] {
    const last = this.last
    const before = [...[...this.old].filter(([key]) => !this.young.has(key)), ...this.young]
    return last === null ? before : [...before.filter(([key]) => key !== last.key), [last.key, last.value]]
  }

  with(key: string, value: Value): Recent<Value> {
    const last = this.last
    if (last === null || last.key === key) return new Recent(this.most, { key, value }, this.young, this.old)
    if (this.young.size < mostYoung || this.young.has(last.key))
      return new Recent(this.most, { key, value }, new Map(this.young).set(last.key, last.value), this.old)
    return new Recent(this.most, { key, value }, new Map<string, Value>(), this.older(last))
  }

  /** All there is, in one map that leaves room for what is young. */
  private older(last: Entry<Value>): ReadonlyMap<string, Value> {
    const all = new Map(this.old)
    for (const [key, value] of [...this.young, [last.key, last.value] as const]) {
      all.delete(key)
      all.set(key, value)
    }
    for (const oldest of all.keys()) {
      if (all.size < this.most - mostYoung) break
      all.delete(oldest)
    }
    return all
  }

  without(key: string): Recent<Value> {
    if (!this.has(key)) return this
    const others = (map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> =>
      map.has(key) ? new Map([...map].filter(([one]) => one !== key)) : map
    const last = this.last?.key === key ? null : this.last
    return new Recent<Value>(this.most, last, others(this.young), others(this.old))
  }
}
