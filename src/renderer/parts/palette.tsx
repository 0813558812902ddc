// The palette: what can be done, found by typing, chosen with the arrow keys and Enter or with a press.
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { commandsOf, matching, type Command } from '../commands.ts'
import { useApp, useLanguage, useStore } from '../hooks.ts'
import { openOver } from '../view.ts'
import { Over } from './over.tsx'

export function Palette() {
  const app = useApp()
  const { say } = useLanguage()
  const id = useId()
  const known = useStore(app.store)
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const shown = matching(commandsOf(app, known), typed)
  const chosen = shown[Math.min(at, shown.length - 1)]
  const optionId = ({ id: command }: Command): string => `${id}-${command}`

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen?.id])

  function choose(command: Command | undefined): void {
    if (command === undefined) return
    openOver(app, null)
    // Once the focus is back where it was.
    setTimeout(command.act)
  }
  function move(event: KeyboardEvent): void {
    const last = shown.length - 1
    const now = Math.min(at, last)
    const next = {
      ArrowDown: now === last ? 0 : now + 1,
      ArrowUp: now === 0 ? last : now - 1,
      PageDown: last,
      PageUp: 0,
    }
    if (event.key === 'Enter') choose(chosen)
    else if (Object.hasOwn(next, event.key)) setAt(Math.max(0, next[event.key as keyof typeof next]))
    else return
    event.preventDefault()
  }

  return (
    <Over name="palette" label={say('palette.title')} onClose={() => openOver(app, null)}>
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-label={say('palette.field')}
        placeholder={say('palette.field')}
        autocomplete="off"
        spellcheck={false}
        {...(chosen ? { 'aria-activedescendant': optionId(chosen) } : {})}
        value={typed}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value)
          setAt(0)
        }}
        onKeyDown={move}
      />
      <p class="unseen" role="status">
        {typed === '' ? '' : say('palette.found', { count: shown.length })}
      </p>
      {shown.length === 0 && <p class="nothing">{say('palette.none')}</p>}
      <ul id={`${id}-list`} ref={list} role="listbox" aria-label={say('palette.title')} hidden={shown.length === 0}>
        {shown.map((command) => (
          <li
            key={command.id}
            id={optionId(command)}
            role="option"
            aria-selected={command === chosen}
            onClick={() => choose(command)}
          >
            <span>{command.name}</span>
            {command.keys !== '' && <kbd>{command.keys}</kbd>}
          </li>
        ))}
      </ul>
    </Over>
  )
}
