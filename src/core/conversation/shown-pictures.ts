// Which pictures of the restored turns a session is given as they are, and the item of a turn with its pictures. Pure.
import { keptPictures, tokensOf, withSentences, type Picture } from '../pictures/picture.ts'
import { userMessage } from '../realtime/commands.ts'
import type { WireItem } from '../realtime/events.ts'
import type { Turn } from './conversation.ts'
import { shortened, wellFormed } from './shorten.ts'

/**
 * The newest pictures are given as they are, as far as the budget goes.
 * @param turns oldest first
 * @param isThere the picture can be given
 * @returns the other turns that have any
 */
export function turnsInWords(
  turns: readonly (Turn | null)[],
  isThere: (picture: Picture) => boolean,
  mostTokens: number,
): readonly string[] {
  let tokens = 0
  return turns.toReversed().flatMap((turn) => {
    const pictures = keptPictures(turn?.pictures)
    if (turn === null || pictures.length === 0) return []
    tokens += tokensOf(pictures)
    return tokens <= mostTokens && pictures.every(isThere) ? [] : [turn.id]
  })
}

/** The words with the pictures themselves; one that was deleted is a sentence. */
export function shownTurn(
  id: string,
  { text, pictures = [] }: Pick<Turn, 'text' | 'pictures'>,
  mostCharacters: number,
): WireItem {
  const gone = pictures.filter(({ removed }) => removed === true)
  const words = shortened(wellFormed(withSentences(text.trim(), gone)), mostCharacters)
  return userMessage(id, words, keptPictures(pictures))
}
