// Which of the given tools does what, found by name, description and arguments, so that anybody's tools can be planned
// over: Parley's own, and those of any tool server.
import type { MindTool } from '../../ports.ts'
import { paramsOf, wordsOfName, type Param } from '../tools/schema.ts'

export type Role =
  'list' | 'roots' | 'read' | 'info' | 'write' | 'search-files' | 'note' | 'read-notes' | 'search-notes' | 'page'

const files = /\b(?:files?|folders?|director(?:y|ies)|dir|documents?)\b/
const notes = /\b(?:notes?|memor(?:y|ies)|memos?)\b/

/** By the words of the name: what it must have, what it must not have. */
const signs: Record<Role, { does: RegExp; to: RegExp; not: RegExp }> = {
  roots: { does: /\b(?:list|get|show)\b/, to: /\b(?:allowed|granted|roots)\b/, not: notes },
  list: { does: /\b(?:list|ls|dir|browse|entries)\b/, to: files, not: /\b(?:allowed|granted|roots|tree|notes?)\b/ },
  read: {
    does: /\b(?:read|get|open|cat|view|load)\b/,
    to: /\b(?:file|text|document)\b/,
    not: /\b(?:media|multiple|info|notes?|binary|resource|env|write|gzip)\b/,
  },
  info: { does: /\b(?:get|read|stat)\b/, to: /\b(?:info|stat|metadata)\b/, not: notes },
  write: {
    does: /\b(?:write|save|create|put)\b/,
    to: /\b(?:file|document)\b/,
    not: /\b(?:undo|directory|notes?|read)\b/,
  },
  'search-files': { does: /\b(?:search|find|grep)\b/, to: files, not: notes },
  note: {
    does: /\b(?:notes?|add|take|save|write|append|remember|keep|create|make)\b/,
    to: /\b(?:notes?|memory|remember|memos?)\b/,
    not: /\b(?:read|search|find|list|get|delete|remove|forget|recall|show|look)\b/,
  },
  'read-notes': { does: /\b(?:read|list|get|show|open|all)\b/, to: notes, not: /\b(?:write|add|delete|remove)\b/ },
  'search-notes': { does: /\b(?:search|find|recall|look|query)\b/, to: notes, not: /\b(?:write|add|delete|remove)\b/ },
  page: {
    does: /\b(?:read|fetch|get|open|browse|load|visit|page|url)\b/,
    to: /\b(?:page|url|web|website|site|article|http|fetch)\b/,
    not: /\b(?:search|files?|open link)\b/,
  },
}

/** The first tool of that role; one with sizes before one without, a current one before a deprecated one. */
export function toolFor(role: Role, tools: readonly MindTool[]): MindTool | null {
  const { does, to, not } = signs[role]
  const fit = tools.filter((tool) => {
    const name = wordsOfName(tool.name)
    return does.test(name) && to.test(name) && !not.test(name) && canServe(role, tool)
  })
  const worth = (tool: MindTool): number =>
    (/\bsizes?\b/i.test(`${tool.name} ${tool.description}`) && role === 'list' ? 1 : 0) -
    (/deprecated/i.test(tool.description) ? 2 : 0)
  return [...fit].sort((one, other) => worth(other) - worth(one))[0] ?? null
}

function canServe(role: Role, tool: MindTool): boolean {
  switch (role) {
    case 'read':
    case 'info':
      return pathOf(tool) !== null
    case 'write':
      return pathOf(tool) !== null && contentOf(tool) !== null
    case 'search-files':
    case 'search-notes':
      return queryOf(tool) !== null
    case 'note':
      return contentOf(tool) !== null
    case 'page':
      return urlOf(tool) !== null
    case 'list':
    case 'roots':
    case 'read-notes':
      return true
  }
}

function param(tool: MindTool, name: RegExp, type: Param['type'] = 'string'): Param | null {
  const fit = paramsOf(tool).filter((one) => one.type === type && name.test(one.name) && one.values.length === 0)
  return fit.find(({ required }) => required) ?? fit[0] ?? null
}

export const pathOf = (tool: MindTool): Param | null => param(tool, /path|file|folder|dir|location|^name$/i)
export const urlOf = (tool: MindTool): Param | null => param(tool, /url|uri|link|address|page/i)
export const deepOf = (tool: MindTool): Param | null => param(tool, /deep|recurs/i, 'boolean')
export const queryOf = (tool: MindTool): Param | null =>
  param(tool, /query|words|pattern|term|search|^q$|regex|text|keyword/i)
export const contentOf = (tool: MindTool): Param | null =>
  param(tool, /text|content|body|note|message|entry|fact|value|words|line|data/i)

/** The value of a choice that means this, e.g. the order of a listing; null when there is none. */
export function choiceOf(tool: MindTool, meaning: RegExp): { name: string; value: string } | null {
  for (const { name, values } of paramsOf(tool)) {
    const value = values.find((one) => meaning.test(one))
    if (value !== undefined) return { name, value }
  }
  return null
}
