// A map of the newest so many, as a value: adding gives another one and copies a few entries, however many there are. New ones
// are in a small map that is copied, and go over to the large one together.

const mostYoung = 16

export class Recent<Value> {
  readonly #young: ReadonlyMap<string, Value>
  readonly #old: ReadonlyMap<string, Value>
  readonly #most: number

  /** @param most so many are kept, the newest; more than sixteen */
  constructor(
    most: number,
    young: ReadonlyMap<string, Value> = new Map(),
    old: ReadonlyMap<string, Value> = new Map(),
  ) {
    this.#most = most
    this.#young = young
    this.#old = old
  }

  get(key: string): Value | undefined {
    return this.#young.has(key) ? this.#young.get(key) : this.#old.get(key)
  }

  has(key: string): boolean {
    return this.#young.has(key) || this.#old.has(key)
  }

  /** Oldest first; one that was given a new value may have moved on. */
  entries(): (readonly [key: string, value: Value])[] {
    return [...[...this.#old].filter(([key]) => !this.#young.has(key)), ...this.#young]
  }

  with(key: string, value: Value): Recent<Value> {
    if (this.#young.size < mostYoung || this.#young.has(key))
      return new Recent(this.#most, new Map(this.#young).set(key, value), this.#old)
    return new Recent(this.#most, new Map([[key, value]]), new Map(this.entries().slice(mostYoung - this.#most)))
  }

  without(key: string): Recent<Value> {
    if (!this.has(key)) return this
    const others = (map: ReadonlyMap<string, Value>): Map<string, Value> =>
      new Map([...map].filter(([one]) => one !== key))
    return new Recent(this.#most, others(this.#young), others(this.#old))
  }
}
