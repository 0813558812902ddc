// A panel over the conversation. Where there is room it stands beside it and one goes on talking; on a narrow screen it
// covers everything and holds the focus. Esc and a click beside it close it, and the focus goes back to where it was.
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { useKnown, useLanguage, useMedia } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'

const roomy = '(min-width: 1000px)'

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
  const dialog = useRef<HTMLDialogElement>(null)
  const isModal = !useMedia(roomy) || side === 'left'
  const heading = useId()

  useEffect(() => {
    const { current } = dialog
    const before = document.activeElement
    if (isModal) current?.showModal()
    else current?.show()
    return () => {
      current?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [isModal])

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
        {isModal && <Asked onShow={onClose} />}
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
