// A panel over the conversation. Where there is room it stands beside it and one goes on talking; on a narrow screen it
// covers everything and holds the focus. Esc and a click beside it close it, and the focus goes back to where it was.
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { useKnown, useLanguage, useRoom } from '../hooks.ts'
import { useOpenDialog } from '../open-dialog.ts'
import { Announced } from '../parts/announced.tsx'
import { Messages } from '../parts/messages.tsx'
import { Icon } from '../parts/icon.tsx'

/** In rem. */
const roomyRem = 62.5

export function Panel({
  title,
  closing,
  side,
  onClose,
  children,
}: {
  title: string
  /** What its button for closing is called. */
  closing: string
  side: 'left' | 'right'
  onClose: () => void
  children: ComponentChildren
}) {
  const isModal = !useRoom(roomyRem) || side === 'left'
  const dialog = useOpenDialog(isModal)
  const heading = useId()

  return (
    <dialog
      ref={dialog}
      class={`panel ${side}`}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current && isModal) onClose()
      }}
    >
      <div class="panel-body">
        <header>
          <h2 id={heading}>{title}</h2>
          <button type="button" class="plain" aria-label={closing} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {isModal && <Messages />}
        {isModal && <Asked onShow={onClose} />}
        {isModal && <Announced />}
        {children}
      </div>
    </dialog>
  )
}

/** A question would stand behind the panel. */
function Asked({ onShow }: { onShow: () => void }) {
  const { say } = useLanguage()
  const approvals = useKnown((known) => known.approvals)
  return (
    <div role="status">
      {approvals.length > 0 && (
        <div class="leave-asked">
          <p>{say('window.asksLeave')}</p>
          <button type="button" onClick={onShow}>
            {say('window.show')}
          </button>
        </div>
      )}
    </div>
  )
}
