// Servers of tools (MCP): programs of this computer, or addresses. None is asked for anything before it is added here.
import { useEffect, useState } from 'preact/hooks'
import type { ToolServerView } from '../../core/agent/tool-server.ts'
import type { McpServer } from '../../core/settings.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { AddServer } from './add-server.tsx'
import { ServerRow } from './server-row.tsx'

export function Servers() {
  const app = useApp()
  const { say } = useLanguage()
  const { mcpServers } = useKnown((known) => known.settings)
  const views = useServers()
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
            <ServerRow
              key={server.name}
              server={server}
              view={views.find(({ name }) => name === server.name) ?? null}
              onTrusts={(trustsHints) =>
                void app.ask('settings', {
                  mcpServers: mcpServers.map((one) => (one === server ? { ...server, trustsHints } : one)),
                })
              }
              onRemove={() => void remove(server)}
            />
          ))}
        </ul>
      )}
      <AddServer onAdd={async (server) => (await app.ask('add-mcp', { server })).ok} />
    </section>
  )
}

/** How they stand; asked for anew whenever main tells that one stands differently. */
function useServers(): readonly ToolServerView[] {
  const app = useApp()
  const tools = useKnown((known) => known.tools)
  const [views, setViews] = useState<readonly ToolServerView[]>([])
  useEffect(() => {
    let isWanted = true
    void app.ask('servers', null).then((reply) => {
      if (isWanted && reply.ok) setViews(reply.value)
    })
    return () => {
      isWanted = false
    }
  }, [app, tools])
  return views
}
