// The part of the window's contract (ipc.ts) that is about servers of tools: how they stand, and what a person does with one.
import { z } from 'zod'
import type { ToolView } from './agent/task.ts'
import type { ToolServerView } from './agent/tool-server.ts'

/** `paired`: a second device may ask it too, not only the app's own window. */
export const ask = <Argument extends z.ZodType>(argument: Argument, paired: boolean) => ({ argument, paired })

const name = z.string().min(1).max(24)

export const toolServerRequests = {
  /** How each stands; `tools` is told whenever one stands differently. */
  servers: ask(z.null(), false),
  /** All tools of one. */
  'switch-mcp': ask(z.object({ name, on: z.boolean() }), false),
  'restart-mcp': ask(z.object({ name }), false),
  /** Where the person signs in is in the answer. */
  'sign-in-mcp': ask(z.object({ name }), false),
  'sign-out-mcp': ask(z.object({ name }), false),
  /** The value of `Authorization`; a key alone is a bearer's. `plain` as in set-key. */
  'set-mcp-header': ask(z.object({ name, header: z.string().trim().min(1).max(8_192), plain: z.boolean() }), false),
  'remove-mcp-header': ask(z.object({ name }), false),
} as const

export interface ToolServerAnswers {
  servers: ToolServerView[]
  'switch-mcp': ToolView[]
  'restart-mcp': ToolServerView[]
  'sign-in-mcp': ToolServerView[]
  'sign-out-mcp': ToolServerView[]
  'set-mcp-header': ToolServerView[]
  'remove-mcp-header': ToolServerView[]
}
