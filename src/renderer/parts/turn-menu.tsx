// What can be done with one turn. It opens over the transcript, so that no line moves.
import { useId, useRef, useState } from 'preact/hooks'
import type { Turn } from '../../core/conversation/reduce.ts'
import { keptPictures } from '../../core/pictures/picture.ts'
import { copyText } from '../copy-text.ts'
import { useApp, useKnown, useLanguage, useMay } from '../hooks.ts'
import { addKnown } from '../pictures/take.ts'
import { canTakeBack } from '../waiting-words.ts'
import { Icon } from './icon.tsx'

export function TurnMenu({ turn, text }: { turn: Turn; text: string }) {
  const { say } = useLanguage()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        class="plain turn-more"
        aria-label={say(turn.role === 'user' ? 'turn.yours' : 'turn.answer')}
        aria-expanded={isOpen}
        popovertarget={id}
        style={{ anchorName: `--${id}` }}
      >
        <Icon name="more" />
      </button>
      <div
        id={id}
        ref={box}
        class="turn-menu"
        popover="auto"
        style={{ positionAnchor: `--${id}` }}
        data-aside
        onToggle={() => setOpen(box.current?.matches(':popover-open') === true)}
        onClick={() => box.current?.hidePopover()}
      >
        {isOpen && <Acts turn={turn} text={text} />}
      </div>
    </>
  )
}

function Acts({ turn, text }: { turn: Turn; text: string }) {
  const app = useApp()
  const { say } = useLanguage()
  const isLast = useKnown(({ conversation }) => isOfLastExchange(conversation.turns, turn.id))
  const isRead = useKnown(({ reading }) => reading !== null && reading !== 'voice' && reading.turn === turn.id)
  const mayType = useMay('type')
  const mayTakeBack = useKnown(canTakeBack) && isLast && mayType
  const last = useKnown(({ conversation }) => conversation.turns.findLast(({ role }) => role === 'user'))
  const lastWords = last?.text ?? ''
  const lastPictures = keptPictures(last?.pictures)
  const hasLast = lastWords !== '' || lastPictures.length > 0

  function edit(): void {
    app.draft.set(text)
    addKnown(app, keptPictures(turn.pictures))
  }
  async function copy(): Promise<void> {
    app.note(say((await copyText(text)) ? 'turn.copied' : 'turn.cannotCopy'))
  }
  async function askAgain(): Promise<void> {
    const pictures = lastPictures.map(({ digest }) => ({ digest }))
    if ((await app.ask('take-back', null)).ok)
      await app.ask('say', { text: lastWords, ...(pictures.length > 0 && { pictures }) })
  }

  return (
    <>
      <button type="button" onClick={() => void copy()}>
        <Icon name="copy" />
        {say('turn.copy')}
      </button>
      {mayType && turn.role === 'assistant' && text !== '' && (
        <button
          type="button"
          onClick={() => void (isRead ? app.ask('hush', null) : app.ask('read-aloud', { turn: turn.id }))}
        >
          <Icon name={isRead ? 'stop' : 'speaker'} />
          {say(isRead ? 'turn.stopReading' : 'turn.readAloud')}
        </button>
      )}
      {mayType && turn.role === 'user' && text !== '' && (
        <button type="button" onClick={edit}>
          <Icon name="pencil" />
          {say('turn.edit')}
        </button>
      )}
      {mayTakeBack && hasLast && (
        <button type="button" onClick={() => void askAgain()}>
          <Icon name="again" />
          {say('turn.askAgain')}
        </button>
      )}
      {mayTakeBack && (
        <button type="button" onClick={() => void app.ask('take-back', null)}>
          <Icon name="undo" />
          {say('turn.takeBack')}
        </button>
      )}
    </>
  )
}

/** The last words of the person and everything that came of them. */
function isOfLastExchange(turns: readonly Turn[], id: string): boolean {
  const from = turns.findLastIndex(({ role }) => role === 'user')
  return from !== -1 && turns.slice(from).some((turn) => turn.id === id)
}
