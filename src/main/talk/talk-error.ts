// Why a talk at the terminal can't go on.

/** The message is one plain sentence with the next step. */
export class TalkError extends Error {
  override readonly name = 'TalkError'
}
