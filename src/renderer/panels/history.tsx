// The conversations so far: go on with one, find words in them, rename, save as a file, delete with a way back.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { FoundPlace } from '../../core/shown-parts.ts'
import { lookFurther } from '../actions.ts'
import { openAt } from '../hit.ts'
import { useApp, useKnown, useLanguage, useMay, useNow } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { useRoving } from '../roving.ts'
import { useVirtualRows } from '../virtual-list.ts'
import { Entry } from './history-entry.tsx'
import { Trash } from './trash.tsx'

/** A pause in typing, so that not every letter searches all conversations. */
const searchAfterMs = 250
/** So few entries before the end more are asked for. */
const nearEnd = 20

type Found = { words: string; places: readonly FoundPlace[] } | null

const estimatedEntryPx = 58

export function History({ onChosen }: { onChosen: () => void }) {
  const app = useApp()
  const { say } = useLanguage()
  const conversations = useKnown((known) => known.conversations)
  const [words, setWords] = useState('')
  const found = useSearch(words)
  const mayBegin = useMay('type')
  const isHere = useMay('here')
  const shown: readonly FoundPlace[] =
    found === null ? conversations.map((entry) => ({ entry, turn: null, excerpt: '' })) : found.places

  async function begin(): Promise<void> {
    if ((await app.ask('begin', null)).ok) onChosen()
  }
  async function open(place: FoundPlace): Promise<void> {
    if (await openAt(app, place, found?.words ?? '')) onChosen()
  }

  return (
    <div class="history">
      <button type="button" class="primary wide" disabled={!mayBegin} onClick={() => void begin()}>
        <Icon name="plus" />
        {say('history.new')}
      </button>
      <div class="search">
        <Icon name="search" />
        <label class="unseen" for="search">
          {say('history.search')}
        </label>
        <input
          id="search"
          type="search"
          placeholder={say('history.searchHere')}
          value={words}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
        />
      </div>
      <p class="unseen" role="status">
        {found === null ? '' : say('history.found', { count: shown.length })}
      </p>
      {shown.length === 0 ? (
        <p class="nothing">{found === null ? say('history.none') : say('history.notFound', { words: found.words })}</p>
      ) : (
        <Entries shown={shown} onOpen={(place) => void open(place)} isWhole={found !== null} />
      )}
      {found === null && isHere && <Trash />}
    </div>
  )
}

/** @param isWhole more can't be asked for */
function Entries({
  shown,
  onOpen,
  isWhole,
}: {
  shown: readonly FoundPlace[]
  onOpen: (place: FoundPlace) => void
  isWhole: boolean
}) {
  const app = useApp()
  const { whenShort } = useLanguage()
  const current = useKnown((known) => known.conversation.id)
  const nowMs = useNow(60_000)
  const box = useRef<HTMLDivElement>(null)
  const rows = useVirtualRows({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => estimatedEntryPx,
    keyOf: (index) => shown[index]?.entry.id ?? String(index),
  })
  const isNearEnd = (rows.shown.at(-1)?.index ?? 0) >= shown.length - nearEnd
  useEffect(() => {
    if (isNearEnd && !isWhole) void lookFurther(app)
  }, [app, isNearEnd, isWhole, shown.length])
  const { onKeyDown } = useRoving(box, {
    rows: 'li',
    focus: '.entry-open',
    begin: 'first',
    count: shown.length,
    reveal: (index) => rows.rows.scrollToIndex(index, { align: 'auto' }),
  })
  return (
    <div class="entries" ref={box} onKeyDown={onKeyDown}>
      <ul style={{ paddingTop: `${rows.before}px`, paddingBottom: `${rows.after}px` }}>
        {rows.shown.map(({ index, key }) => {
          const place = shown[index]
          return (
            place && (
              <li key={key} data-index={index} data-key={key} ref={rows.rows.measureElement}>
                <Entry
                  entry={place.entry}
                  when={whenShort(place.entry.changedMs, nowMs)}
                  excerpt={place.excerpt}
                  isCurrent={place.entry.id === current}
                  onOpen={() => onOpen(place)}
                />
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}

/** Null while nothing is searched for. */
function useSearch(words: string): Found {
  const app = useApp()
  const [found, setFound] = useState<Found>(null)
  const wanted = words.trim()
  useEffect(() => {
    if (wanted === '') {
      app.hit.set(null)
      setFound(null)
      return undefined
    }
    let isStale = false
    const timer = setTimeout(() => {
      void app.ask('find', { text: wanted }).then((hits) => {
        if (isStale || !hits.ok) return
        setFound({ words: wanted, places: hits.value })
      })
    }, searchAfterMs)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [app, wanted])
  return found
}
