// A conversation that was removed and can be brought back, as windows show it.

export interface TrashEntry {
  id: string
  title: string
  turns: number
  /** Wall clock. */
  removedMs: number
}
