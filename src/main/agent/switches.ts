// Which tools are on. Most of Parley's own are on until switched off; what runs programs, and every tool of a server, is off
// until it is switched on by itself.
import type { ToolView } from '../../core/agent/task.ts'
import { plainWords } from '../../core/agent/plain.ts'
import { everyTool, type Settings } from '../../core/settings.ts'
import type { Tool } from './tool.ts'

/** A tool with the key under which the settings name it. */
export interface KnownTool {
  tool: Tool
  key: string
  isOffAtFirst: boolean
}

type Switches = Pick<Settings, 'toolsOn' | 'toolsOff'>

export function isOn({ key, isOffAtFirst }: KnownTool, { toolsOn, toolsOff }: Switches): boolean {
  if (toolsOff.includes(everyTool)) return false
  return isOffAtFirst ? toolsOn.includes(key) : !toolsOff.includes(key)
}

/** The settings in which this tool is on or off. What an older shape of it was switched on as is forgotten. */
export function switchTool({ key, tool, isOffAtFirst }: KnownTool, on: boolean, switches: Switches): Switches {
  const isIts = (other: string): boolean => other === key || other.startsWith(`${tool.name}@`)
  const without = (keys: readonly string[]): string[] => keys.filter((other) => !isIts(other))
  return {
    toolsOn: [...without(switches.toolsOn), ...(on && isOffAtFirst ? [key] : [])],
    toolsOff: [...without(switches.toolsOff), ...(!on && !isOffAtFirst ? [key] : [])],
  }
}

/** Where all are off because nobody knows which were meant, each is off by its own name. */
export function spelledOut(switches: Switches, all: readonly KnownTool[]): Switches {
  if (!switches.toolsOff.includes(everyTool)) return switches
  return { ...switches, toolsOff: all.flatMap(({ key, isOffAtFirst }) => (isOffAtFirst ? [] : [key])) }
}

/** The settings in which all tools of a server are on or off. */
export function switchAll(known: readonly KnownTool[], on: boolean, switches: Switches): Switches {
  return known.reduce((sofar, one) => switchTool(one, on, sofar), switches)
}

/** @param offered what of the tools that are on a model is offered */
export function viewOf(known: KnownTool, switches: Switches, offered: ReadonlySet<string>): ToolView {
  const { name, from, description, risk } = known.tool
  const on = isOn(known, switches)
  const view = { name, from, description: plainWords(description, 1_100), risk, on }
  return on && !offered.has(name) ? { ...view, isOver: true } : view
}
