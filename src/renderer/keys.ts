// Keys that hold in the whole window: Space talks while it is held (a tap latches), Esc silences the voice, and a few open the
// palette, the sheet of shortcuts, the settings and the search. All of them: shortcuts.ts.
import { useEffect } from 'preact/hooks'
import type { App } from './actions.ts'
import { createHold } from './hold.ts'
import { mayDo } from './store.ts'
import { findConversations, openOver, togglePanel } from './view.ts'

/** Where Space means something of its own; a chosen radio button is not among them. */
const ownKeys =
  'input:not([type="radio"]), textarea, select, button, summary, a, dialog, [role="radio"], [contenteditable]'

/** Where a letter is a letter. */
const typedIn = 'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select, [contenteditable]'

/** @returns whether the key opened something */
function opens(app: App, { key, code, ctrlKey, metaKey, altKey, shiftKey, repeat, target }: KeyboardEvent): boolean {
  if (repeat || altKey || document.querySelector('dialog.over') !== null) return false
  const isCommand = ctrlKey !== metaKey
  if (!isCommand) {
    const isTyping = target instanceof Element && target.closest(typedIn) !== null
    if (key !== '?' || ctrlKey || isTyping || document.querySelector('dialog:modal') !== null) return false
    openOver(app, 'shortcuts')
  } else if (code === 'KeyK' && !shiftKey) openOver(app, 'palette')
  else if (key === ',' && mayDo(app.store.value(), 'manage')) togglePanel(app, 'settings')
  else if (code === 'KeyF' && shiftKey) findConversations(app)
  else return false
  return true
}

export function useTalkKeys(app: App): void {
  useEffect(() => {
    const hold = createHold(app)
    const isOurs = ({ target }: KeyboardEvent): boolean => !(target instanceof Element) || !target.closest(ownKeys)

    const keyDown = (event: KeyboardEvent): void => {
      const { isSetUp } = app.store.value().settings
      if (isSetUp && opens(app, event)) return event.preventDefault()
      if (!isSetUp || event.ctrlKey || event.altKey || event.metaKey) return
      if (
        event.key === 'Escape' &&
        mayDo(app.store.value(), 'type') &&
        !event.defaultPrevented &&
        document.querySelector('dialog[open], :popover-open') === null
      )
        void app.ask('hush', null)
      if (event.code !== 'Space' || !isOurs(event) || !mayDo(app.store.value(), 'talk')) return
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
