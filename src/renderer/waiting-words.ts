// Words of the person that stand unanswered or were taken out of the conversation, and what can be made of them. Pure.
import type { Turn } from '../core/conversation/conversation.ts'
import { picturesToShowAgain } from '../core/conversation/fold-back.ts'
import type { Picture } from '../core/pictures/picture.ts'
import { languageOf, type Known } from './store.ts'

export interface WaitingWords {
  /** What has become of them. */
  title: string
  /** Empty when only their sound is known. */
  text: string
  /** `retry`: their turn stands and is asked again. `say`: their turn was taken away and they are said anew. */
  by: 'retry' | 'say'
  /** Their turn can be put back, as long as nothing else is said. */
  canPutBack: boolean
  /** What was shown with them, to be shown again. */
  pictures: readonly Picture[]
}

const noPictures: readonly Picture[] = []
const shown = new WeakMap<readonly Turn[], readonly Picture[]>()

/** The same list for the same turns, so that nothing is drawn anew for it. */
function picturesOf(turns: readonly Turn[]): readonly Picture[] {
  const before = shown.get(turns) ?? picturesToShowAgain(turns)
  shown.set(turns, before)
  return before
}

export function waitingWords(known: Known): WaitingWords | null {
  const { conversation, state } = known
  const { say } = languageOf(known)
  const { turns, draft, rolledBack } = conversation
  if (state.unanswered !== null) {
    const text = turns.find(({ id }) => id === state.unanswered)?.text ?? ''
    return { title: say('draft.unanswered'), text, by: 'retry', canPutBack: false, pictures: noPictures }
  }
  if (draft === null) return null
  const wasTakenBack = rolledBack?.why === 'taken-back'
  return {
    title: say(wasTakenBack ? 'draft.takenBack' : 'draft.unanswered'),
    text: draft,
    by: 'say',
    canPutBack: wasTakenBack,
    pictures: rolledBack === null ? noPictures : picturesOf(rolledBack.turns),
  }
}

/** Words of the person that are said to nobody yet: there is no line, and they are the last ones. */
export function isWaiting({ conversation, state }: Known, turn: string): boolean {
  const last = conversation.turns.at(-1)
  const isSaid =
    last?.id === turn &&
    last.role === 'user' &&
    last.state.type === 'final' &&
    (last.text !== '' || last.pictures !== undefined)
  return isSaid && state.presence === 'offline' && state.unanswered !== turn
}

/** The last exchange can be taken back when it is over and something was said by the person in it. */
export function canTakeBack({ conversation, state }: Known): boolean {
  const isQuiet = state.presence === 'idle' || state.presence === 'muted' || state.presence === 'offline'
  const { turns } = conversation
  return isQuiet && turns.some(({ role }) => role === 'user') && turns.every((turn) => turn.state.type !== 'open')
}
