// The folders that tools may look into and, after a question, write to.
import { useState } from 'preact/hooks'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { Form, LineField } from './line-field.tsx'

export function Folders() {
  const app = useApp()
  const { say } = useLanguage()
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
    app.note(say('folders.unseen', { name: folder }), () => void app.ask('grant-folder', { path: folder }))
  }

  return (
    <section>
      <h3>{say('folders.title')}</h3>
      <p class="quiet">{say('folders.about')}</p>
      {grantedFolders.length > 0 && (
        <ul class="rows">
          {grantedFolders.map((folder) => (
            <li key={folder}>
              <Icon name="folder" />
              <bdi class="row-words">{folder}</bdi>
              <button
                type="button"
                class="plain"
                aria-label={say('folders.takeBack', { name: folder })}
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
          {say('folders.choose')}
        </button>
      )}
      <Form onSubmit={() => void add()}>
        <LineField
          label={say('folders.add')}
          hint={say('folders.addHint')}
          action={say('folders.grant')}
          disabled={wanted === ''}
          value={path}
          onInput={setPath}
          input={{ type: 'text', maxLength: 4096 }}
        />
      </Form>
    </section>
  )
}
