// A typed emitter: whoever registers gets the undo. One listener's error does not keep the others from hearing.
export type Undo = () => void

export interface Emitter<Events> {
  on<Name extends keyof Events>(name: Name, listen: (event: Events[Name]) => void): Undo
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void
  clear(): void
}

/** @param onError hears what a listener threw; without it the first error is thrown after all have been called. */
export function createEmitter<Events>(onError?: (error: unknown) => void): Emitter<Events> {
  const listeners = new Map<keyof Events, Set<(event: never) => void>>()
  return {
    on(name, listen) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      const own = (event: never): void => listen(event)
      set.add(own)
      return () => set.delete(own)
    },
    emit(name, event) {
      const errors: unknown[] = []
      for (const listen of [...(listeners.get(name) ?? [])]) {
        try {
          listen(event as never)
        } catch (error) {
          if (onError) onError(error)
          else errors.push(error)
        }
      }
      if (errors.length > 0) throw errors[0]
    },
    clear: () => listeners.clear(),
  }
}
