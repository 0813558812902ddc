// Servers of tools (MCP): programs of this computer, or addresses. None is asked for anything before it is added here.
import { useState } from 'preact/hooks'
import type { McpServer } from '../../core/settings.ts'
import { useApp, useKnown } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { emptyServer, serverFault, serverLine, serverOf, type ServerDraft } from '../server-draft.ts'
import { Check, Choice, Field } from './fields.tsx'

export function Servers() {
  const app = useApp()
  const { mcpServers } = useKnown((known) => known.settings)
  async function remove(server: McpServer): Promise<void> {
    if (!(await app.ask('remove-mcp', { name: server.name })).ok) return
    app.note(`${server.name} was removed.`, () => void app.ask('add-mcp', { server }))
  }
  return (
    <section>
      <h3>Tool servers</h3>
      <p class="quiet">
        Programs that bring tools of their own (MCP). Each of their tools is off until you switch it on.
      </p>
      {mcpServers.length > 0 && (
        <ul class="rows">
          {mcpServers.map((server) => (
            <li key={server.name}>
              <Icon name="server" />
              <div class="row-words">
                <strong>{server.name}</strong>
                <bdi class="quiet">{serverLine(server)}</bdi>
                <Check
                  label="Believe it when it says that a tool only reads"
                  value={server.trustsHints}
                  onChanged={(trustsHints) =>
                    void app.ask('settings', {
                      mcpServers: mcpServers.map((one) => (one === server ? { ...server, trustsHints } : one)),
                    })
                  }
                />
              </div>
              <button
                type="button"
                class="plain"
                aria-label={`Remove ${server.name}`}
                onClick={() => void remove(server)}
              >
                <Icon name="trash" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <AddServer onAdd={async (server) => (await app.ask('add-mcp', { server })).ok} />
    </section>
  )
}

function AddServer({ onAdd }: { onAdd: (server: McpServer) => Promise<boolean> }) {
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
