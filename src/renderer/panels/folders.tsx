// The folders that tools may look into and, after a question, write to.
import { useState } from 'preact/hooks'
import { useApp, useKnown } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { Field } from './fields.tsx'

const words = {
  choose: 'Choose a folder…',
  hint: 'The whole path, like /home/ada/Notes or ~/Notes.',
}

export function Folders() {
  const app = useApp()
  const { grantedFolders } = useKnown((known) => known.settings)
  const [path, setPath] = useState('')
  const wanted = path.trim()
  const shell = useKnown((known) => known.shell)

  async function add(): Promise<void> {
    if ((await app.ask('grant-folder', { path: wanted })).ok) setPath('')
  }
  async function pick(): Promise<void> {
    const picked = await app.ask('pick-folder', { pick: 'folder' })
    if (picked.ok && picked.value.path !== null) await app.ask('grant-folder', { path: picked.value.path })
  }
  async function remove(folder: string): Promise<void> {
    if (!(await app.ask('revoke-folder', { path: folder })).ok) return
    app.note(`${folder} can’t be seen any more.`, () => void app.ask('grant-folder', { path: folder }))
  }

  return (
    <section>
      <h3>Folders</h3>
      <p class="quiet">
        Tools see these folders and nothing else. Reading is free; before anything is written you are asked.
      </p>
      {grantedFolders.length > 0 && (
        <ul class="rows">
          {grantedFolders.map((folder) => (
            <li key={folder}>
              <Icon name="folder" />
              <bdi class="row-words">{folder}</bdi>
              <button
                type="button"
                class="plain"
                aria-label={`Take back ${folder}`}
                onClick={() => void remove(folder)}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {shell === 'electron' && (
        <button type="button" class="own-width" onClick={() => void pick()}>
          <Icon name="folder" />
          {words.choose}
        </button>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void add()
        }}
      >
        <Field label="Add a folder" hint={words.hint}>
          {(id, hintId) => (
            <div class="with-button">
              <input
                id={id}
                aria-describedby={hintId}
                type="text"
                autocomplete="off"
                maxLength={4096}
                value={path}
                onInput={({ currentTarget }) => setPath(currentTarget.value)}
              />
              <button type="submit" disabled={wanted === ''}>
                Grant
              </button>
            </div>
          )}
        </Field>
      </form>
    </section>
  )
}
