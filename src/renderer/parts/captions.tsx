// The conversation as it is said, with what was done meanwhile. It keeps the words that sound in sight, or the newest, unless
// one looks elsewhere; of a long conversation only what is near the screen is drawn.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { lookEarlier } from '../actions.ts'
import { createFollow } from '../follow.ts'
import { useApp, useKnown, useLanguage, useStore } from '../hooks.ts'
import { firstUnheard } from '../marks.ts'
import { useRoving } from '../roving.ts'
import { transcriptOf } from '../transcript.ts'
import { useVirtualRows } from '../virtual-list.ts'
import { Empty } from './empty.tsx'
import { Icon } from './icon.tsx'
import { Row, type RowEntry } from './row.tsx'

const estimatedRowPx = 96
const edgePx = 24

export function Captions() {
  const app = useApp()
  const { say } = useLanguage()
  const conversation = useKnown((known) => known.conversation.id)
  const entries = useEntries()
  const box = useRef<HTMLDivElement>(null)
  const [isAway, setAway] = useState(false)
  const [follow] = useState(() => createFollow({ box: () => box.current, place: firstUnheard, onAway: setAway }))
  const { rows, shown, before, after } = useVirtualRows({
    count: entries.length,
    getScrollElement: () => box.current,
    estimateSize: () => estimatedRowPx,
    paddingStart: edgePx,
    paddingEnd: edgePx,
    anchorTo: 'end',
    keyOf: (index) => entries[index]?.id ?? String(index),
  })

  const { onKeyDown } = useRoving(box, {
    rows: 'li.row',
    begin: 'last',
    count: entries.length,
    reveal(index) {
      follow.leave()
      rows.scrollToIndex(index, { align: 'auto' })
    },
  })

  useLayoutEffect(() => follow.again(), [conversation])
  useLayoutEffect(() => follow.look())
  useEffect(() => app.speech.follow(follow.look), [app, follow])

  const hit = useStore(app.hit)
  const hitAt = hit?.conversation === conversation ? entries.findIndex(({ id }) => id === hit.turn) : -1
  useLayoutEffect(() => {
    if (hitAt === -1) return
    follow.leave()
    rows.scrollToIndex(hitAt, { align: 'center' })
  }, [hit, hitAt === -1])

  const isLooking = useRef(false)
  async function scrolled(): Promise<void> {
    follow.scrolled()
    const { current } = box
    if (!current || isLooking.current || !follow.isAway() || current.scrollTop > 2 * current.clientHeight) return
    isLooking.current = true
    await lookEarlier(app)
    isLooking.current = false
  }

  return (
    <div class="transcript">
      <div
        class="captions"
        ref={box}
        tabIndex={entries.length === 0 ? 0 : -1}
        role="region"
        aria-label={say('said.area')}
        onScroll={() => void scrolled()}
        onWheel={follow.touched}
        onTouchMove={follow.touched}
        onPointerDown={follow.touched}
        onKeyDown={(event) => {
          follow.touched()
          onKeyDown(event)
        }}
      >
        {entries.length === 0 ? (
          <Empty />
        ) : (
          <ol class="lines" style={{ paddingTop: `${before}px`, paddingBottom: `${after}px` }}>
            {shown.map(({ index, key }) => {
              const entry = entries[index]
              return (
                entry && (
                  <li key={key} class="row" data-index={index} data-key={key} ref={rows.measureElement}>
                    <Row entry={entry} />
                  </li>
                )
              )
            })}
          </ol>
        )}
      </div>
      {isAway && (
        <button type="button" class="to-now" onClick={follow.again}>
          <Icon name="down" />
          {say('said.toNow')}
        </button>
      )}
    </div>
  )
}

/** What the record has, and behind it words of turns that it does not have yet. */
function useEntries(): readonly RowEntry[] {
  const { turns, tools, tasks } = useKnown((known) => known.conversation)
  const coming = useStore(useApp().speech.coming)
  const recorded = useMemo(() => transcriptOf({ turns, tools, tasks }), [turns, tools, tasks])
  return useMemo(() => {
    const known = new Set(recorded.map(({ id }) => id))
    const early = coming.filter(({ item }) => !known.has(item))
    return [...recorded, ...early.map(({ item, role }): RowEntry => ({ type: 'early', id: item, role }))]
  }, [recorded, coming])
}
