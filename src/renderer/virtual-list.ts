// Draws of a long list only the rows that are near the screen. Sizes, ranges and the place that is read while rows come in
// above are @tanstack/virtual-core's; this joins it to Preact.
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core'
import { useLayoutEffect, useState } from 'preact/hooks'

type Rows = Virtualizer<HTMLElement, HTMLElement>

export interface VirtualRows {
  rows: Rows
  /** Drawn now. */
  shown: readonly { index: number; key: string }[]
  /** Pixels before the first and after the last of them. */
  before: number
  after: number
}

export function useVirtualRows(
  opts: Pick<
    VirtualizerOptions<HTMLElement, HTMLElement>,
    'count' | 'getScrollElement' | 'estimateSize' | 'paddingStart' | 'paddingEnd' | 'anchorTo'
  > & { keyOf: (index: number) => string },
): VirtualRows {
  const [, redraw] = useState(0)
  const options = {
    ...opts,
    overscan: 4,
    getItemKey: opts.keyOf,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => redraw((times) => times + 1),
  }
  const [rows] = useState<Rows>(() => new Virtualizer(options))
  rows.setOptions(options)
  useLayoutEffect(() => rows._didMount(), [rows])
  useLayoutEffect(() => rows._willUpdate())

  const items = rows.getVirtualItems()
  const first = items[0]
  const last = items.at(-1)
  return {
    rows,
    shown: items.map(({ index, key }) => ({ index, key: String(key) })),
    before: first?.start ?? 0,
    after: last === undefined ? 0 : rows.getTotalSize() - last.end,
  }
}
