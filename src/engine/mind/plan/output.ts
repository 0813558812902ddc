// What came back from a tool, read as data: the text without the marks around it, whether it is a refusal, and a listing of
// files in whatever form it was written. Nothing in it is ever followed.
import { unwrapUntrusted } from '../../../core/agent/untrusted.ts'

export interface Entry {
  name: string
  /** As the tool wrote it, or put together from the folder that was listed. */
  path: string
  kind: 'file' | 'folder'
  /** Null where the listing does not say. */
  bytes: number | null
  changedMs: number | null
}

export const bare = (output: string): string => unwrapUntrusted(output).trim()

const refusal =
  /^(?:error\b|failed\b|mcp error|access denied|permission denied|not found|unknown tool|there is no\b|the person said no|nobody answered|it was cancelled|it was begun|it did not|it took longer|it broke off|it could not|it can.t|the arguments|the tool\b|another call|interrupted|parley is closing|.{0,80}\b(?:is not a (?:text )?(?:file|folder)|could not be|was not done|not known whether|does not exist|no such file|enoent|eacces))/i

/** The reason in one line when the tool did not do it; null when it did. */
export function failureIn(output: string): string | null {
  const text = bare(output)
  const data = parse(text)
  if (isObject(data)) {
    const { error } = data
    if (typeof error === 'string' && error !== '') return firstLine(error)
    if (isObject(error) && typeof error['message'] === 'string') return firstLine(error['message'])
    return null
  }
  // What was quoted from elsewhere is content, however it begins.
  return text !== output.trim() || !refusal.test(text) ? null : firstLine(text)
}

const firstLine = (text: string): string => (text.split('\n', 1)[0] ?? '').slice(0, 200).trim()

/** Names of folders that may be used: `{"granted": […]}`, or a list of absolute paths. Null when it is no such list. */
export function readRoots(output: string): string[] | null {
  const data = parse(bare(output))
  if (isObject(data)) {
    const names = Object.entries(data).find(([key]) => /granted|allowed|roots|folders|directories/i.test(key))?.[1]
    return Array.isArray(names) ? names.flatMap((one) => (typeof one === 'string' ? [one] : nameIn(one))) : null
  }
  const lines = bare(output)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(?:\/|~|[A-Za-z]:[\\/])/.test(line))
  return lines.length > 0 ? lines : null
}

const nameIn = (value: unknown): string[] => {
  const name = isObject(value) ? (value['name'] ?? value['path']) : undefined
  return typeof name === 'string' ? [name] : []
}

/** @param folder what was listed; null for the tool's own beginning */
export function readListing(output: string, folder: string | null): Entry[] {
  const text = bare(output)
  const data = parse(text)
  if (data !== undefined && typeof data === 'object') return entriesIn(data, folder)
  return text.split('\n').flatMap((line) => entryOfLine(line, folder))
}

function entriesIn(data: unknown, folder: string | null): Entry[] {
  if (Array.isArray(data)) return data.flatMap((one) => entryOf(one, folder))
  if (!isObject(data)) return []
  const list = Object.values(data).find((value) => Array.isArray(value))
  return Array.isArray(list) ? list.flatMap((one) => entryOf(one, folder)) : []
}

function entryOf(value: unknown, folder: string | null): Entry[] {
  if (typeof value === 'string') return [entry(value, folder, 'file', null, null)]
  if (!isObject(value)) return []
  const given = value['path'] ?? value['name'] ?? value['file']
  if (typeof given !== 'string') return []
  const told = value['kind'] ?? value['type']
  const kind = typeof told === 'string' ? told : value['isDirectory'] === true ? 'folder' : 'file'
  const size = value['bytes'] ?? value['size'] ?? value['sizeBytes'] ?? value['length']
  const changed = value['changed'] ?? value['modified'] ?? value['mtime'] ?? value['modifiedAt']
  const changedMs = typeof changed === 'string' ? Date.parse(changed) : typeof changed === 'number' ? changed : NaN
  if (/link|other/.test(kind)) return []
  const own = entry(
    given,
    value['path'] === undefined ? folder : null,
    /dir|folder/i.test(kind) ? 'folder' : 'file',
    typeof size === 'number' ? size : typeof size === 'string' ? bytesIn(size) : null,
    Number.isFinite(changedMs) ? changedMs : null,
  )
  const children = value['children']
  return Array.isArray(children) ? [own, ...children.flatMap((child) => entryOf(child, own.path))] : [own]
}

const size = /\(?\b(\d[\d,]*(?:\.\d+)?)\s*(bytes?|b|[kmgt]i?b)\)?\s*$/i

/** `[FILE] a.txt   6.21 KB`, `[DIR] b`, `- c.md (12 bytes)`, or a bare name. */
function entryOfLine(line: string, folder: string | null): Entry[] {
  const text = line.trim()
  if (text === '' || /^(?:total|combined|allowed|contents|no matches|directory|listing)\b.*/i.test(text)) return []
  const isFolder = /^\[(?:dir|folder)\]|^d[rwx-]{9}|\/$/i.test(text)
  const rest = text.replace(/^\[\w+\]\s*|^[-*•]\s+/i, '').replace(/\/$/, '')
  const bytes = bytesIn(rest)
  const name = bytes === null ? rest : rest.replace(size, '').trim()
  return [entry(name, folder, isFolder ? 'folder' : 'file', bytes, null)]
}

const units: Record<string, number> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 }

function bytesIn(text: string): number | null {
  const [, digits, unit = 'b'] = size.exec(text) ?? []
  if (digits === undefined) return null
  return Math.round(Number(digits.replaceAll(',', '')) * (units[unit.charAt(0).toLowerCase()] ?? 1))
}

function entry(
  given: string,
  folder: string | null,
  kind: Entry['kind'],
  bytes: number | null,
  changedMs: number | null,
): Entry {
  const path = folder === null || folder === '.' || isAbsolute(given) ? given : `${folder.replace(/\/$/, '')}/${given}`
  return { name: given.split(/[\\/]/).at(-1) ?? given, path, kind, bytes, changedMs }
}

const isAbsolute = (path: string): boolean => /^(?:\/|~|[A-Za-z]:[\\/])/.test(path)
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
