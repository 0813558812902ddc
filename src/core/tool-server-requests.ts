// The part of the window's contract (ipc.ts) that is about servers of tools: how they stand, and what a person does with one.
import { z } from 'zod'
import type { ToolView } from './agent/task.ts'
import type { ToolServerView } from './agent/tool-server.ts'
import type { Needed } from './devices/rights.ts'

/** `right`: what a second device needs to ask it (devices/rights.ts). */
export const ask = <Argument extends z.ZodType>(argument: Argument, right: Needed) => ({ argument, right })

const name = z.string().min(1).max(24)

export const toolServerRequests = {
  /** How each stands; `tools` is told whenever one stands differently. */
  servers: ask(z.null(), 'manage'),
  /** All tools of one. */
  'switch-mcp': ask(z.object({ name, on: z.boolean() }), 'here'),
  'restart-mcp': ask(z.object({ name }), 'manage'),
  /** Where the person signs in is in the answer. */
  'sign-in-mcp': ask(z.object({ name }), 'here'),
  'sign-out-mcp': ask(z.object({ name }), 'here'),
  /** The value of `Authorization`; a key alone is a bearer's. `plain` as in set-key. */
  'set-mcp-header': ask(z.object({ name, header: z.string().trim().min(1).max(8_192), plain: z.boolean() }), 'here'),
  'remove-mcp-header': ask(z.object({ name }), 'here'),
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
