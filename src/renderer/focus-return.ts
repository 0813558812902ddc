// Remembers where the focus is and puts it back there; where that is gone by then, to where one types.
import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/** @returns puts the focus back */
export function focusReturn(): () => void {
  const before = document.activeElement
  return () => giveFocus(before)
}

function giveFocus(before: EventTarget | null): void {
  const isThere =
    before instanceof HTMLElement && before !== document.body && before.isConnected && before.checkVisibility()
  const to = isThere ? before : document.querySelector<HTMLElement>('#typed')
  to?.focus({ preventScroll: true })
}

/** What is in there comes and goes by itself: when it goes with the focus, that goes back to where it came from. */
export function useFocusBack(box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = box
    if (!current) return undefined
    let held: Element | null = null
    let came: EventTarget | null = null
    const move = ({ target, relatedTarget }: FocusEvent): void => {
      const isHere = target instanceof Element && current.contains(target)
      if (isHere && held === null) came = relatedTarget
      held = isHere ? target : null
    }
    const observer = new MutationObserver(() => {
      if (held === null || held.isConnected) return
      held = null
      if (document.activeElement === null || document.activeElement === document.body) giveFocus(came)
    })
    observer.observe(current, { childList: true, subtree: true })
    document.addEventListener('focusin', move)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', move)
    }
  }, [box])
}
