// A dialog that is open as long as its component is there, and gives the focus back.
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { focusReturn } from './focus-return.ts'

/** @param isModal it holds the focus, and nothing behind it can be used */
export function useOpenDialog(isModal: boolean): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const { current } = dialog
    const giveBack = focusReturn()
    if (isModal) current?.showModal()
    else current?.show()
    return () => {
      current?.close()
      giveBack()
    }
  }, [isModal])
  return dialog
}
