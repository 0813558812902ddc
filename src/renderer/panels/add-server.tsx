// The form for one more server of tools: a program of this computer, or an address.
import { useState } from 'preact/hooks'
import type { McpServer } from '../../core/settings.ts'
import { useKnown } from '../hooks.ts'
import { emptyServer, serverFault, serverOf, type ServerDraft } from '../server-draft.ts'
import { Choice, Field } from './fields.tsx'

export function AddServer({ onAdd }: { onAdd: (server: McpServer) => Promise<boolean> }) {
  const { mcpServers } = useKnown((known) => known.settings)
  const [draft, setDraft] = useState<ServerDraft>(emptyServer)
  const fault = serverFault(draft, mcpServers)
  const isBegun = draft.name !== '' || draft.line !== ''
  return (
    <form
      class="add-server"
      onSubmit={(event) => {
        event.preventDefault()
        if (fault === null) void onAdd(serverOf(draft)).then((added) => added && setDraft(emptyServer))
      }}
    >
      <Choice
        label="Add a server"
        value={draft.kind}
        options={[
          ['stdio', 'a program on this computer'],
          ['http', 'at an address'],
        ]}
        onChosen={(kind) => setDraft({ ...draft, kind })}
      />
      <Field label="Its name" hint="Short: it begins the names of its tools.">
        {(id, hintId) => (
          <input
            id={id}
            aria-describedby={hintId}
            type="text"
            autocomplete="off"
            maxLength={24}
            value={draft.name}
            onInput={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value.trim() })}
          />
        )}
      </Field>
      <Field
        label={draft.kind === 'stdio' ? 'Its command' : 'Its address'}
        hint={
          isBegun && fault !== null
            ? fault
            : draft.kind === 'stdio'
              ? 'Like: npx -y some-server /home/ada/Notes'
              : 'Like: https://host/mcp'
        }
      >
        {(id, hintId) => (
          <div class="with-button">
            <input
              id={id}
              aria-describedby={hintId}
              type="text"
              autocomplete="off"
              spellcheck={false}
              maxLength={4096}
              value={draft.line}
              onInput={({ currentTarget }) => setDraft({ ...draft, line: currentTarget.value })}
            />
            <button type="submit" disabled={fault !== null}>
              Add
            </button>
          </div>
        )}
      </Field>
    </form>
  )
}
