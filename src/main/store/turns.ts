// Acts on one thing, one after another; acts on others go on beside them.

export interface Turns {
  /** Ends as `act` does, whatever became of the ones before it. */
  inTurn<Result>(name: string, act: () => Promise<Result>): Promise<Result>
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return {
    inTurn(name, act) {
      const done = (last.get(name) ?? Promise.resolve()).then(act)
      const ended = done.catch(() => undefined)
      last.set(name, ended)
      void ended.then(() => {
        if (last.get(name) === ended) last.delete(name)
      })
      return done
    },
  }
}
