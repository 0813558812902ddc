// Keys that hold in the whole window: Space talks while it is held (a tap latches), Esc silences the voice.
import { useEffect } from 'preact/hooks'
import type { App } from './actions.ts'
import { createHold } from './hold.ts'

/** Where Space means something of its own; a chosen radio button is not among them. */
const ownKeys =
  'input:not([type="radio"]), textarea, select, button, summary, a, dialog, [role="radio"], [contenteditable]'

export function useTalkKeys(app: App): void {
  useEffect(() => {
    const hold = createHold(app)
    const isOurs = ({ target }: KeyboardEvent): boolean => !(target instanceof Element) || !target.closest(ownKeys)

    const keyDown = (event: KeyboardEvent): void => {
      const { isSetUp } = app.store.value().settings
      if (!isSetUp || event.ctrlKey || event.altKey || event.metaKey) return
      if (
        event.key === 'Escape' &&
        !event.defaultPrevented &&
        document.querySelector('dialog[open], :popover-open') === null
      )
        void app.ask('hush', null)
      if (event.code !== 'Space' || !isOurs(event)) return
      event.preventDefault()
      hold.down()
    }
    const keyUp = (event: KeyboardEvent): void => {
      if (event.code === 'Space') hold.up('up')
    }
    // A key-up in another window is never heard here.
    const lose = (): void => hold.up('lost')
    addEventListener('keydown', keyDown)
    addEventListener('keyup', keyUp)
    addEventListener('blur', lose)
    return () => {
      lose()
      removeEventListener('keydown', keyDown)
      removeEventListener('keyup', keyUp)
      removeEventListener('blur', lose)
    }
  }, [app])
}
