// A dialog over everything that is there for a moment: it takes the focus, gives it back, and closes by Escape or a press
// beside it.
import type { ComponentChildren } from 'preact'
import { useOpenDialog } from '../open-dialog.ts'
import { Announced } from './announced.tsx'

export function Over({
  name,
  label,
  onClose,
  children,
}: {
  name: string
  label: string
  onClose: () => void
  children: ComponentChildren
}) {
  const dialog = useOpenDialog(true)
  return (
    <dialog
      ref={dialog}
      class={`over ${name}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div class="over-body">{children}</div>
      <Announced />
    </dialog>
  )
}
