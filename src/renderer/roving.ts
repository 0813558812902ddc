// One stop of the tab key for a list: its current row. Arrow keys go from row to row; Tab goes into the controls of the current
// one, and past those of all others.
import { useEffect, useRef } from 'preact/hooks'

interface RovingOpts {
  /** Rows carry their number as `data-index` and what they are as `data-key`. */
  rows: string
  /** What of a row takes the focus; the row itself where it is not given. */
  focus?: string
  /** Which row is the current one before one was chosen. */
  begin: 'first' | 'last'
  count: number
  /** Brings a row into sight, and into being where only some are drawn. */
  reveal?: (index: number) => void
}

const controls = 'button, a[href], summary, input, select, textarea, [tabindex]'

export function useRoving(
  box: { current: HTMLElement | null },
  opts: RovingOpts,
): { onKeyDown: (event: KeyboardEvent) => void } {
  const now = useRef(opts)
  now.current = opts
  const current = useRef<string | null>(null)

  useEffect(() => {
    const list = box.current
    if (!list) return undefined
    let frame = 0
    const apply = (): void => {
      frame = 0
      const rows = rowsIn(list, now.current.rows)
      const chosen =
        rows.find(({ dataset }) => dataset['key'] === current.current) ??
        rows.at(now.current.begin === 'first' ? 0 : -1)
      for (const row of rows) setStops(row, row === chosen, now.current.focus === undefined)
    }
    const soon = (): void => void (frame ||= requestAnimationFrame(apply))
    const arrive = ({ target }: FocusEvent): void => {
      const row = target instanceof Element ? target.closest<HTMLElement>(now.current.rows) : null
      const key = row?.dataset['key'] ?? null
      if (key === null || key === current.current) return
      current.current = key
      apply()
    }
    const observer = new MutationObserver(soon)
    observer.observe(list, { childList: true, subtree: true })
    list.addEventListener('focusin', arrive)
    apply()
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
      list.removeEventListener('focusin', arrive)
    }
  }, [box])

  function onKeyDown(event: KeyboardEvent): void {
    const list = box.current
    const { target, key } = event
    if (!list || !(target instanceof HTMLElement) || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey)
      return
    const row = target.closest<HTMLElement>(now.current.rows)
    const index = Number(row?.dataset['index'])
    if (!row || Number.isNaN(index) || isOwnKey(target, row)) return
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: now.current.count - 1 }[key]
    if (to === undefined || to < 0 || to >= now.current.count || hasMoreOf(row, list, key)) return
    event.preventDefault()
    focusRow(list, now.current, to)
  }

  return { onKeyDown }
}

const rowsIn = (list: HTMLElement, rows: string): HTMLElement[] => [...list.querySelectorAll<HTMLElement>(rows)]

/** A field in a row uses its arrows itself. */
function isOwnKey(target: HTMLElement, row: HTMLElement): boolean {
  return target !== row && target.closest('input, textarea, select, pre, .call-body') !== null
}

/** What is longer than the screen is read first. */
function hasMoreOf(row: HTMLElement, list: HTMLElement, key: string): boolean {
  const frame = list.getBoundingClientRect()
  const { top, bottom, height } = row.getBoundingClientRect()
  if (height <= frame.height) return false
  return (key === 'ArrowDown' && bottom > frame.bottom + 1) || (key === 'ArrowUp' && top < frame.top - 1)
}

const triesFrames = 30

/** A row that is drawn only near the screen comes some frames later: on the way others are measured and move it. */
function focusRow(list: HTMLElement, opts: RovingOpts, index: number, tries = triesFrames): void {
  const { rows, focus } = opts
  opts.reveal?.(index)
  const row = rowsIn(list, rows).find(({ dataset }) => dataset['index'] === String(index))
  const to = focus === undefined ? row : row?.querySelector<HTMLElement>(focus)
  if (to) {
    // One that has just come has no stop yet.
    if (to === row && !to.hasAttribute('tabindex')) to.tabIndex = -1
    to.focus({ preventScroll: true })
    to.scrollIntoView({ block: 'nearest' })
  } else if (tries > 0) requestAnimationFrame(() => focusRow(list, opts, index, tries - 1))
}

function setStops(row: HTMLElement, isCurrent: boolean, isStop: boolean): void {
  if (isStop) row.tabIndex = isCurrent ? 0 : -1
  for (const control of row.querySelectorAll<HTMLElement>(controls)) {
    const was = control.dataset['stop']
    if (!isCurrent && control.tabIndex >= 0) {
      control.dataset['stop'] = control.getAttribute('tabindex') ?? ''
      control.tabIndex = -1
    } else if (isCurrent && was !== undefined) {
      if (was === '') control.removeAttribute('tabindex')
      else control.setAttribute('tabindex', was)
      delete control.dataset['stop']
    }
  }
}
