// How a server of tools stands, in words. Pure.
import type { ToolServerState } from '../core/agent/tool-server.ts'
import type { McpServer } from '../core/settings.ts'

export function serverStateWords(state: ToolServerState, kind: McpServer['kind']): string {
  switch (state.type) {
    case 'starting':
      if (kind === 'http') return 'Asking its address…'
      return `Starting… A first start may download it, which is waited for two minutes.${state.line === null ? '' : ` It says: ${state.line}`}`
    case 'ready':
      return state.tools === 0
        ? 'Ready. It lists no tools.'
        : `Ready, with ${state.tools === 1 ? '1 tool' : `${state.tools} tools`}.`
    case 'waiting':
      return `${state.why} It is started again in a moment.`
    case 'failed':
      return `${state.why} It is not started again by itself.`
    case 'sign-in':
      return state.why
  }
}
