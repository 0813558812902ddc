// What can go wrong with the record, said so that a person knows what to do.

export type StoreErrorKind =
  /** Another Parley has the folder. */
  | 'in-use'
  /** Written by a newer Parley; can be read here, not continued. */
  | 'newer'
  /** It is there and nothing of it can be read. */
  | 'broken'
  /** The disk refused: full, read-only, failing, or not ours. `cause` has its own words. */
  | 'refused'
  /** Too much is waiting for a disk that refuses. */
  | 'queue-full'
  /** One change is bigger than a record may be. */
  | 'too-large'
  /** The value would not come back as it is. */
  | 'invalid'
  | 'closed'
  | 'missing'
  | 'exists'

export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly kind: StoreErrorKind

  constructor(kind: StoreErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.kind = kind
  }
}

/** The operating system's short name of a fault (`ENOSPC`), for a sentence. */
export function faultOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.message : 'unknown fault'
}
