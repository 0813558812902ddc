// A parsed message. The parser numbers the kinds of pieces and tells the numbers to nobody but its own users.
import type { IntlMessageFormat } from 'intl-messageformat'

export type Pieces = ReturnType<IntlMessageFormat['getAst']>
type Piece = Pieces[number]

/** Text of the message itself. */
export function isText(piece: Piece): piece is Extract<Piece, { type: 0 }> {
  return String(piece.type) === '0'
}
