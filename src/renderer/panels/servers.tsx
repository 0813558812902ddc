// Servers of tools (MCP): programs of this computer, or addresses. None is asked for anything before it is added here.
import { useState } from 'preact/hooks'
import type { McpServer } from '../../core/settings.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { emptyServer, serverFault, serverLine, serverOf, type ServerDraft } from '../server-draft.ts'
import { Check, Choice, Field } from './fields.tsx'

export function Servers() {
  const app = useApp()
  const { say } = useLanguage()
  const { mcpServers } = useKnown((known) => known.settings)
  async function remove(server: McpServer): Promise<void> {
    if (!(await app.ask('remove-mcp', { name: server.name })).ok) return
    app.note(say('servers.removed', { name: server.name }), () => void app.ask('add-mcp', { server }))
  }
  return (
    <section>
      <h3>{say('servers.title')}</h3>
      <p class="quiet">{say('servers.about')}</p>
      {mcpServers.length > 0 && (
        <ul class="rows">
          {mcpServers.map((server) => (
            <li key={server.name}>
              <Icon name="server" />
              <div class="row-words">
                <strong>{server.name}</strong>
                <bdi class="quiet">{serverLine(server)}</bdi>
                <Check
                  label={say('servers.believe')}
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
                aria-label={say('servers.remove', { name: server.name })}
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
  const { say } = useLanguage()
  const [draft, setDraft] = useState<ServerDraft>(emptyServer)
  const fault = serverFault(draft, mcpServers, say)
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
      <Field
        label={say(draft.kind === 'stdio' ? 'servers.command' : 'servers.address')}
        hint={
          isBegun && fault !== null
            ? fault
            : say(draft.kind === 'stdio' ? 'servers.commandHint' : 'servers.addressHint')
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
              {say('servers.add')}
            </button>
          </div>
        )}
      </Field>
    </form>
  )
}
