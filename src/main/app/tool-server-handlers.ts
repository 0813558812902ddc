// What requests about servers of tools do besides naming and forgetting them: start one anew, sign in, keep its header, switch
// all of its tools.
import type { Answers, ArgumentOf } from '../../core/ipc.ts'
import type { Settings } from '../../core/settings.ts'
import { headerFrom, type KeptSecrets } from '../agent/mcp/kept.ts'
import type { ToolServer } from '../agent/mcp/server.ts'
import { switchAll } from '../agent/switches.ts'
import type { Workshop } from '../agent/workshop.ts'
import { RefusedRequest } from './reply.ts'
import type { ToolHandlersOpts } from './tool-handlers.ts'

type ServerRequest =
  'servers' | 'switch-mcp' | 'restart-mcp' | 'sign-in-mcp' | 'sign-out-mcp' | 'set-mcp-header' | 'remove-mcp-header'

export type ToolServerHandlers = { [Name in ServerRequest]: (argument: ArgumentOf<Name>) => Promise<Answers[Name]> }

export function createToolServerHandlers({ workshop, settings, change }: ToolHandlersOpts): ToolServerHandlers {
  /** What is kept for it is another: it is asked anew. */
  async function alter(name: string, how: (kept: KeptSecrets) => Promise<void>): Promise<Answers['servers']> {
    const server = mustBe(workshop, name)
    const kept = workshop.kept(name)
    if (kept === null) throw new RefusedRequest('refused', 'Only a server at an address has a header and a sign-in.')
    await how(kept)
    await server.restart()
    return workshop.serverViews()
  }

  return {
    servers: () => workshop.serverViews(),
    async 'switch-mcp'({ name, on }) {
      mustBe(workshop, name)
      const its = workshop.known().filter(({ tool }) => tool.from === name)
      const { toolsOn, toolsOff }: Settings = settings()
      await change(switchAll(its, on, { toolsOn, toolsOff }))
      return workshop.views()
    },
    async 'restart-mcp'({ name }) {
      await mustBe(workshop, name).restart()
      return workshop.serverViews()
    },
    async 'sign-in-mcp'({ name }) {
      await mustBe(workshop, name)
        .signIn()
        .catch((error: unknown) => {
          throw new RefusedRequest('failed', error instanceof Error ? error.message : 'It offers no sign-in.')
        })
      return workshop.serverViews()
    },
    'sign-out-mcp': ({ name }) => alter(name, (kept) => kept.removeSignIn()),
    'set-mcp-header': ({ name, header, plain }) =>
      alter(name, (kept) => {
        const value = headerFrom(header)
        if (value === null)
          throw new RefusedRequest('invalid', 'A header has letters, digits and signs of plain ASCII, in one line.')
        return kept.setHeader(value, plain)
      }),
    'remove-mcp-header': ({ name }) => alter(name, (kept) => kept.removeHeader()),
  }
}

function mustBe(workshop: Workshop, name: string): ToolServer {
  const server = workshop.server(name)
  if (server === null) throw new RefusedRequest('missing', 'There is no such server any more.')
  return server
}
