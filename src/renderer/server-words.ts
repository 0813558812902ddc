// How a server of tools stands, in words. Pure.
import type { ToolServerState } from '../core/agent/tool-server.ts'
import type { Words } from '../core/language/messages.ts'
import type { McpServer } from '../core/settings.ts'

export function serverStateWords(state: ToolServerState, kind: McpServer['kind'], { say, told }: Words): string {
  switch (state.type) {
    case 'starting':
      if (kind === 'http') return say('servers.asking')
      return state.line === null ? say('servers.starting') : say('servers.startingSays', { words: state.line })
    case 'ready':
      return say('servers.ready', { count: state.tools })
    case 'waiting':
      return say('servers.waiting', { cause: told(state.why) })
    case 'failed':
      return say('servers.failed', { cause: told(state.why) })
    case 'sign-in':
      return told(state.why)
  }
}
