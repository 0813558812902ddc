// lowdb's door: the document in memory is its `Low`. What lowdb lacks (flushing, checking, generations) lies in the
// places that stand in for its file adapters.
import { Low } from 'lowdb'

export interface Document<Value> {
  value(): Value
  /** In memory only. */
  set(value: Value): void
  /** Writes the value of this moment. Rejects with the system's error; what was stored before is then still there. */
  save(): Promise<void>
}

/** Where a document lies. `read` gives null when it is missing, and never a value that it is unsure of. */
export interface Place<Value> {
  read(): Promise<Value | null>
  write(value: Value): Promise<void>
}

export async function openDocument<Value>(place: Place<Value>, initial: Value): Promise<Document<Value>> {
  const low = new Low(place, initial)
  await low.read()
  return {
    value: () => low.data,
    set: (value) => {
      low.data = value
    },
    save: () => low.write(),
  }
}
