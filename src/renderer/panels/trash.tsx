// Conversations that were deleted: bring one back, or delete it for good before its thirty days are over.
import { useState } from 'preact/hooks'
import type { Reply } from '../../core/ipc.ts'
import type { TrashEntry } from '../../core/trash-entry.ts'
import { useApp, useLanguage, useNow } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'

export function Trash() {
  const app = useApp()
  const { say, whenShort } = useLanguage()
  const nowMs = useNow(60_000)
  const [entries, setEntries] = useState<readonly TrashEntry[]>([])
  /** What is deleted for good at the second press. */
  const [sure, setSure] = useState<string | null>(null)

  async function show(asked: Promise<Reply<TrashEntry[]>>): Promise<void> {
    const reply = await asked
    setSure(null)
    if (reply.ok) setEntries(reply.value)
  }
  async function restore(id: string): Promise<void> {
    if ((await app.ask('restore', { id })).ok) await show(app.ask('trash', null))
  }
  function twice(name: string, act: () => Promise<Reply<TrashEntry[]>>): void {
    if (sure === name) void show(act())
    else setSure(name)
  }
  const words = (name: string, once: string): string => (sure === name ? say('trash.really') : once)

  return (
    <details
      class="trash"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) void show(app.ask('trash', null))
      }}
    >
      <summary>{say('trash.title')}</summary>
      {entries.length === 0 ? (
        <p class="quiet">{say('trash.none')}</p>
      ) : (
        <>
          <ul>
            {entries.map(({ id, title, turns, removedMs }) => (
              <li key={`${id} ${removedMs}`}>
                <p>
                  {title || say('trash.conversation')}
                  <span class="quiet"> {say('trash.about', { count: turns, time: whenShort(removedMs, nowMs) })}</span>
                </p>
                <div
                  class="entry-menu"
                  role="group"
                  aria-label={say('trash.actions', { name: title || say('trash.conversation') })}
                >
                  <button type="button" onClick={() => void restore(id)}>
                    {say('trash.bringBack')}
                  </button>
                  <button
                    type="button"
                    class="danger"
                    onClick={() => twice(id, () => app.ask('delete-for-good', { id }))}
                  >
                    <Icon name="trash" />
                    {words(id, say('trash.forGood'))}
                  </button>
                </div>
              </li>
            ))}
          </ul>
          <button type="button" class="danger" onClick={() => twice('', () => app.ask('empty-trash', null))}>
            {words('', say('trash.empty'))}
          </button>
        </>
      )}
    </details>
  )
}
