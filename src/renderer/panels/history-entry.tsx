// One conversation in the list, with what can be done with it.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ConversationEntry } from '../../core/shown-parts.ts'
import { removeConversation, saveFile } from '../actions.ts'
import { useApp, useLanguage, useMay } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { Form } from './line-field.tsx'

interface EntryProps {
  entry: ConversationEntry
  when: string
  /** Where the searched words stand. */
  excerpt: string
  isCurrent: boolean
  onOpen: () => void
}

export function Entry({ entry, when, excerpt, isCurrent, onOpen }: EntryProps) {
  const { say } = useLanguage()
  const [mode, setMode] = useState<'shown' | 'menu' | 'renaming'>('shown')
  const title = entry.title === '' ? say('history.untitled') : entry.title
  const more = useRef<HTMLButtonElement>(null)
  const mayOpen = useMay('type')

  function back(): void {
    setMode('shown')
    more.current?.focus()
  }

  return (
    <div
      class={`entry ${isCurrent ? 'current' : ''}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || mode === 'shown') return
        event.preventDefault()
        event.stopPropagation()
        back()
      }}
    >
      {mode === 'renaming' ? (
        <Rename id={entry.id} title={entry.title} onDone={back} />
      ) : (
        <div class="entry-line">
          <button
            type="button"
            class="entry-open"
            aria-current={isCurrent ? 'true' : undefined}
            disabled={!mayOpen}
            onClick={onOpen}
          >
            <span class="entry-title" dir="auto">
              {title}
            </span>
            <span class="entry-when">{when}</span>
            {excerpt !== '' && (
              <span class="entry-excerpt" dir="auto">
                {excerpt}
              </span>
            )}
          </button>
          <button
            type="button"
            ref={more}
            class="plain"
            aria-label={say('history.more', { name: title })}
            aria-expanded={mode === 'menu'}
            onClick={() => setMode(mode === 'menu' ? 'shown' : 'menu')}
          >
            <Icon name="more" />
          </button>
        </div>
      )}
      {mode === 'menu' && <Menu entry={entry} title={title} onRename={() => setMode('renaming')} onDone={back} />}
    </div>
  )
}

function Menu(props: { entry: ConversationEntry; title: string; onRename: () => void; onDone: () => void }) {
  const app = useApp()
  const { say } = useLanguage()
  const { id } = props.entry
  const mayRename = useMay('type')
  const mayRemove = useMay('manage')

  async function save(format: 'markdown' | 'json'): Promise<void> {
    props.onDone()
    const file = await app.ask('export', { id, format })
    if (!file.ok) return
    saveFile(app, file.value)
  }
  async function remove(): Promise<void> {
    await removeConversation(app, props.entry)
  }

  return (
    <div class="entry-menu" role="group" aria-label={say('history.actions', { name: props.title })}>
      {mayRename && (
        <button type="button" onClick={props.onRename}>
          <Icon name="pencil" />
          {say('history.rename')}
        </button>
      )}
      <button type="button" onClick={() => void save('markdown')}>
        <Icon name="download" />
        {say('history.markdown')}
      </button>
      <button type="button" onClick={() => void save('json')}>
        <Icon name="download" />
        {say('history.json')}
      </button>
      {mayRemove && (
        <button type="button" class="danger" onClick={() => void remove()}>
          <Icon name="trash" />
          {say('history.delete')}
        </button>
      )}
    </div>
  )
}

function Rename({ id, title, onDone }: { id: string; title: string; onDone: () => void }) {
  const app = useApp()
  const { say } = useLanguage()
  const [name, setName] = useState(title)
  const field = useRef<HTMLInputElement>(null)
  // Before the next key is pressed.
  useLayoutEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  async function rename(): Promise<void> {
    const wanted = name.trim()
    if (wanted !== '' && wanted !== title) await app.ask('rename', { id, title: wanted })
    onDone()
  }
  return (
    <Form class="rename" onSubmit={() => void rename()}>
      <label class="unseen" for={`name-${id}`}>
        {say('history.newName')}
      </label>
      <input
        id={`name-${id}`}
        ref={field}
        type="text"
        maxLength={120}
        value={name}
        onInput={({ currentTarget }) => setName(currentTarget.value)}
      />
      <button type="submit">{say('history.save')}</button>
    </Form>
  )
}
