// Files that programs obey by themselves: what is written there is done later, by somebody who is not asked.
import { wording, type Wording } from '../../core/language/wording.ts'

const hidden = wording('fact.is.hidden')
const hook = wording('fact.is.obeyed')

const folders = new Set([
  '.git',
  '.githooks',
  'hooks',
  '.husky',
  '.vscode',
  '.idea',
  '.github',
  '.circleci',
  'autostart',
])
const files =
  /^(?:makefile|gnumakefile|justfile|rakefile|dockerfile|package\.json|setup\.py|conftest\.py|sitecustomize\.py|build\.rs|[^/]+\.(?:desktop|service|timer|bat|cmd|ps1|lnk|scpt|command|sh|bash|zsh|fish|exe|dll|so|dylib|jar|reg|plist))$/i

/**
 * Why writing it deserves care, in a sentence for the person; null for an ordinary file.
 * @param names from the granted folder on
 */
export function obeyedBy(names: readonly string[]): Wording | null {
  const name = names.at(-1) ?? ''
  if (names.slice(0, -1).some((folder) => folders.has(folder.toLowerCase())) || files.test(name)) return hook
  return names.some((one) => one.startsWith('.')) ? hidden : null
}
