// The conversations so far: go on with one, find words in them, rename, save as a file, delete with a way back.
import { useEffect, useState } from 'preact/hooks'
import type { ConversationEntry } from '../../core/ipc.ts'
import { whenShort } from '../format.ts'
import { useApp, useKnown, useNow } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { Entry } from './history-entry.tsx'

/** A pause in typing, so that not every letter searches all conversations. */
const searchAfterMs = 250

type Found = { words: string; hits: ReadonlyMap<string, string> } | null

export function History({ onChosen }: { onChosen: () => void }) {
  const app = useApp()
  const { conversations, conversation } = useKnown()
  const nowMs = useNow(60_000)
  const [words, setWords] = useState('')
  const found = useSearch(words)
  const shown = found === null ? conversations : conversations.filter(({ id }) => found.hits.has(id))

  async function begin(): Promise<void> {
    if ((await app.ask('begin', null)).ok) onChosen()
  }
  async function open({ id }: ConversationEntry): Promise<void> {
    if ((await app.ask('open', { id })).ok) onChosen()
  }

  return (
    <div class="history">
      <button type="button" class="primary wide" onClick={() => void begin()}>
        <Icon name="plus" />
        New conversation
      </button>
      <div class="search">
        <Icon name="search" />
        <label class="unseen" for="search">
          Search conversations
        </label>
        <input
          id="search"
          type="search"
          placeholder="Search"
          value={words}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
        />
      </div>
      <p class="unseen" role="status">
        {found === null ? '' : `${shown.length} found`}
      </p>
      {shown.length === 0 ? (
        <p class="nothing">
          {found === null
            ? 'Conversations appear here once something was said.'
            : `Nothing was found for “${found.words}”. Try other words.`}
        </p>
      ) : (
        <ul class="entries">
          {shown.map((entry) => (
            <Entry
              key={entry.id}
              entry={entry}
              when={whenShort(entry.changedMs, nowMs)}
              excerpt={found?.hits.get(entry.id) ?? ''}
              isCurrent={entry.id === conversation.id}
              onOpen={() => void open(entry)}
            />
          ))}
        </ul>
      )}
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
      setFound(null)
      return undefined
    }
    let isStale = false
    const timer = setTimeout(() => {
      void app.ask('find', { text: wanted }).then((hits) => {
        if (isStale || !hits.ok) return
        setFound({ words: wanted, hits: new Map(hits.value.map(({ id, excerpt }) => [id, excerpt])) })
      })
    }, searchAfterMs)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [app, wanted])
  return found
}
