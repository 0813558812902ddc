// The form for one more server of tools: a program of this computer, or an address.
import { useState } from 'preact/hooks'
import type { McpServer } from '../../core/settings.ts'
import { useKnown, useLanguage } from '../hooks.ts'
import { emptyServer, serverFault, serverOf, type ServerDraft } from '../server-draft.ts'
import { Choice, Field } from './fields.tsx'
import { Form, LineField } from './line-field.tsx'

export function AddServer({ onAdd }: { onAdd: (server: McpServer) => Promise<boolean> }) {
  const { mcpServers } = useKnown((known) => known.settings)
  const { say } = useLanguage()
  const [draft, setDraft] = useState<ServerDraft>(emptyServer)
  const fault = serverFault(draft, mcpServers, say)
  const isBegun = draft.name !== '' || draft.line !== ''
  return (
    <Form
      class="add-server"
      onSubmit={() => {
        if (fault === null) void onAdd(serverOf(draft)).then((added) => added && setDraft(emptyServer))
      }}
    >
      <Choice
        label={say('servers.addOne')}
        value={draft.kind}
        options={[
          ['stdio', say('servers.program')],
          ['http', say('servers.atAddress')],
        ]}
        onChosen={(kind) => setDraft({ ...draft, kind })}
      />
      <Field label={say('servers.name')} hint={say('servers.nameHint')}>
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
      <LineField
        label={say(draft.kind === 'stdio' ? 'servers.command' : 'servers.address')}
        hint={
          isBegun && fault !== null
            ? fault
            : say(draft.kind === 'stdio' ? 'servers.commandHint' : 'servers.addressHint')
        }
        action={say('servers.add')}
        disabled={fault !== null}
        value={draft.line}
        onInput={(line) => setDraft({ ...draft, line })}
        input={{ type: 'text', spellcheck: false, maxLength: 4096 }}
      />
    </Form>
  )
}
