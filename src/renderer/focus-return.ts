// Remembers where the focus is and puts it back there; where that is gone by then, to where one types.

/** @returns puts the focus back */
export function focusReturn(): () => void {
  const before = document.activeElement
  return () => {
    const isThere =
      before instanceof HTMLElement && before !== document.body && before.isConnected && before.checkVisibility()
    const to = isThere ? before : document.querySelector<HTMLElement>('#typed')
    to?.focus({ preventScroll: true })
  }
}
