// What the person is told when a session could not be given all of the conversation.
import type { Conversation } from './conversation.ts'
import type { ItemSource } from './rehydrate.ts'
import { shortened } from './shorten.ts'

const mostQuoted = 60

export function refusedWords(found: readonly ItemSource[], conversation: Conversation): string {
  const what = found.length === 1 ? named(found[0], conversation) : `${found.length} parts of this conversation`
  return `The service did not take ${what}. Everything else is restored; nothing is lost here.`
}

/** Also said aloud. */
export function missingWords(missing: number, hasSummary: boolean): string {
  const turns = missing === 1 ? 'one earlier turn' : `${missing} earlier turns`
  const rest = hasSummary ? 'it only knows the summary' : 'it does not know what we said before'
  return missing === 0
    ? 'The service did not take our conversation, so it only knows the summary. Nothing is lost here.'
    : `The service did not take our conversation: ${turns} ${missing === 1 ? 'is' : 'are'} missing, and ${rest}. Nothing is lost here.`
}

/** The line was too slow for all of it. */
export function shortWords(missing: number): string {
  const turns = missing === 1 ? 'one earlier turn' : `${missing} earlier turns`
  return `The line is slow, so the voice does without ${turns} for now. Nothing is lost here.`
}

function named(source: ItemSource | undefined, { turns, tools }: Conversation): string {
  switch (source?.of) {
    case 'turn': {
      const words = turns.find(({ id }) => id === source.id)?.text ?? ''
      return `one turn of this conversation (“${shortened(words, mostQuoted)}”)`
    }
    case 'call':
      return `one call of this conversation (${tools.find(({ call }) => call === source.id)?.name ?? source.id})`
    case 'summary':
    case undefined:
      return 'the summary of this conversation'
  }
}
