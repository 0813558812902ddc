// What can go wrong with sound before it flows. Afterwards nothing throws: it is told as SoundTrouble and mended.

export type SoundErrorKind =
  'no-device' | 'device-refused' | 'no-sound-system' | 'no-file' | 'not-wav' | 'empty-file' | 'closed'

/** The message is for the person: one or two plain sentences with the next step. */
export class SoundError extends Error {
  override readonly name = 'SoundError'
  readonly kind: SoundErrorKind

  constructor(kind: SoundErrorKind, message: string, cause?: unknown) {
    super(message, { cause })
    this.kind = kind
  }
}
