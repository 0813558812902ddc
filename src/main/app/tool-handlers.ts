// What requests about tools do: list them, switch one, grant a folder, name a server. All of it is kept in the settings.
import type { Answers, ArgumentOf } from '../../core/ipc.ts'
import type { Settings } from '../../core/settings.ts'
import { spelledOut, switchTool } from '../agent/switches.ts'
import { atHome } from '../home-path.ts'
import type { Workshop } from '../agent/workshop.ts'
import { RefusedRequest } from './reply.ts'

type ToolRequest = 'tools' | 'switch-tool' | 'grant-folder' | 'revoke-folder' | 'add-mcp' | 'remove-mcp'

export interface ToolHandlersOpts {
  workshop: Workshop
  settings: () => Settings
  /** Saves them and tells the windows. */
  change: (some: Partial<Settings>) => Promise<Settings>
}

export type ToolHandlers = { [Name in ToolRequest]: (argument: ArgumentOf<Name>) => Promise<Answers[Name]> }

export function createToolHandlers({ workshop, settings, change }: ToolHandlersOpts): ToolHandlers {
  return {
    tools: () => Promise.resolve(workshop.views()),
    async 'switch-tool'({ tool, on }) {
      const known = workshop.known().find((one) => one.tool.name === tool)
      if (!known) throw new RefusedRequest('missing', 'There is no such tool now. Its server may not be running.')
      await change(switchTool(known, on, spelledOut(settings(), workshop.known())))
      return workshop.views()
    },
    async 'grant-folder'({ path }) {
      const checked = await workshop.checkGrant(atHome(path))
      if ('why' in checked) throw new RefusedRequest('refused', checked.why)
      const { grantedFolders } = settings()
      if (grantedFolders.includes(checked.path)) return settings()
      return change({ grantedFolders: [...grantedFolders, checked.path] })
    },
    'revoke-folder': ({ path }) =>
      change({ grantedFolders: settings().grantedFolders.filter((granted) => granted !== path) }),
    'add-mcp'({ server }) {
      const { mcpServers } = settings()
      if (mcpServers.some(({ name }) => name.toLowerCase() === server.name.toLowerCase()))
        throw new RefusedRequest('refused', 'There is a server of this name already.')
      return change({ mcpServers: [...mcpServers, server] })
    },
    async 'remove-mcp'({ name }) {
      const kept = workshop.kept(name)
      const after = await change({ mcpServers: settings().mcpServers.filter((server) => server.name !== name) })
      // Nobody is left who could be told to forget it.
      await kept?.removeHeader()
      await kept?.removeSignIn()
      return after
    },
  }
}
