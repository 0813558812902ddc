// Which of the tools that are on a model is offered: so many, and so many bytes of what is said about them, the first come first.
// More would cost with every turn and make a model choose worse. Pure.
import { offerLimits } from '../../core/agent/limits.ts'
import type { Tool } from './tool.ts'

/** Parley's own stand first and fit, all of them. */
export function offerOf(tools: readonly Tool[]): Tool[] {
  let bytes = 0
  return tools.filter(({ name, description, parameters, from }, at) => {
    if (at >= offerLimits.tools) return false
    const more = Buffer.byteLength(JSON.stringify({ name, description, parameters }))
    if (from !== 'built-in' && bytes + more > offerLimits.bytes) return false
    bytes += more
    return true
  })
}
