// What the worker process is asked for and what it answers.

export type Order = 'name' | 'largest' | 'newest'

export interface Entry {
  /** From the granted folder on: `Notes/today.md`. */
  path: string
  kind: 'file' | 'folder' | 'link' | 'other'
  bytes: number
  changed: string
}

export interface Listing {
  entries: Entry[]
  /** Entries that are not among them. */
  more: number
  /** False when there was more than is looked at. */
  isWhole: boolean
}

export interface Found {
  path: string
  line?: number
  text?: string
}

export interface Article {
  title: string
  text: string
}

/** A granted place: the worker walks there from the granted folder's real path, following no link. */
export interface WalkedPlace {
  root: string
  /** The folders from there on, and the file's name when it is one. */
  names: readonly string[]
  /** What stands before every path in the answer: `Notes/shopping`. */
  shown: string
  kind: 'folder' | 'file'
}

export type Job =
  | { type: 'sum'; expression: string }
  | { type: 'article'; html: string }
  | { type: 'list'; place: WalkedPlace; deep: boolean; sort: Order }
  | { type: 'search'; place: WalkedPlace; words: string }

export type Done =
  | { type: 'sum'; result: string }
  | { type: 'article'; article: Article }
  | { type: 'list'; listing: Listing }
  | { type: 'search'; found: Found[] }
  | { type: 'refused'; why: string }

export interface AskedJob {
  id: number
  job: Job
}
export interface AnsweredJob {
  id: number
  done: Done
}
