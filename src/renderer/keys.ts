// Keys that hold in the whole window: Space talks while it is held (a tap latches), Esc silences the voice.
import { useEffect } from 'preact/hooks'
import type { App } from './actions.ts'

/** Where Space and Esc mean something of their own. */
const ownKeys = 'input, textarea, select, button, summary, a, dialog, [role="radio"], [contenteditable]'

export function useTalkKeys(app: App): void {
  useEffect(() => {
    let down = false
    const talk = (edge: 'down' | 'up' | 'lost'): void => void app.ask('talk', { edge })
    const isOurs = ({ target }: KeyboardEvent): boolean => !(target instanceof Element) || !target.closest(ownKeys)

    const keyDown = (event: KeyboardEvent): void => {
      const { isSetUp } = app.store.value().settings
      if (!isSetUp || event.ctrlKey || event.altKey || event.metaKey) return
      if (event.key === 'Escape' && !event.defaultPrevented && document.querySelector('dialog[open]') === null)
        void app.ask('hush', null)
      if (event.code !== 'Space' || !isOurs(event)) return
      event.preventDefault()
      if (event.repeat || down) return
      down = true
      talk('down')
    }
    const keyUp = (event: KeyboardEvent): void => {
      if (event.code !== 'Space' || !down) return
      event.preventDefault()
      down = false
      talk('up')
    }
    // A key-up in another window is never heard here.
    const lose = (): void => {
      if (!down) return
      down = false
      talk('lost')
    }
    addEventListener('keydown', keyDown)
    addEventListener('keyup', keyUp)
    addEventListener('blur', lose)
    return () => {
      removeEventListener('keydown', keyDown)
      removeEventListener('keyup', keyUp)
      removeEventListener('blur', lose)
    }
  }, [app])
}
