// The folders that the person granted, and the only way from a path that a model wrote to a place on the disk: whatever links
// and dots it holds, the place lies inside a granted folder and outside Parley's own, or there is none.
import { constants } from 'node:fs'
import { lstat, open, readlink, realpath, stat, type FileHandle } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path'
import { ToolError } from './tool.ts'

export interface Grant {
  /** The folder's own name, numbered when another has it too. */
  name: string
  /** Real path. */
  path: string
}

export interface Place {
  grant: Grant
  /** `Notes/shopping/today.md`, for the person and the model. */
  shown: string
  /** Real path: no link is left in it. */
  path: string
  kind: 'file' | 'folder' | 'missing'
}

export interface Grants {
  list(): Promise<Grant[]>
  /** `Notes/today.md`, or an absolute path. Rejects with ToolError when it is not inside what was granted. */
  find(path: string): Promise<Place>
  /** For reading. Rejects with ToolError when it is no plain file. */
  open(place: Place): Promise<FileHandle>
}

/** @param own Parley's data folder, which is never granted: it holds what the tools are allowed to do */
export function createGrants({ folders, own }: { folders: () => readonly string[]; own: string }): Grants {
  async function list(): Promise<Grant[]> {
    const grants: Grant[] = []
    for (const folder of folders()) {
      // Checked each time: the settings are a file that can be edited, and a folder can become a link.
      const checked = await checkGrant(folder, own)
      if ('why' in checked || grants.some((grant) => grant.path === checked.path)) continue
      const { path } = checked
      const name = basename(path)
      const same = grants.filter((grant) => grant.name === name || grant.name.startsWith(`${name} (`)).length
      grants.push({ name: same === 0 ? name : `${name} (${same + 1})`, path })
    }
    return grants
  }

  async function find(path: string): Promise<Place> {
    const grants = await list()
    if (grants.length === 0) throw new ToolError('No folder is granted. The person can grant one in the settings.')
    if (path.includes('\0') || path.length > 4_096) throw new ToolError('This is no path.')
    const asked = locate(grants, path)
    if (asked === null) throw outside(grants)
    const { grant, rest } = asked
    const real = await realOf(join(grant.path, rest))
    if (!isInside(grant.path, real.path)) throw outside(grants)
    const inner = relative(grant.path, real.path).split(sep).join('/')
    return { grant, shown: inner === '' ? grant.name : `${grant.name}/${inner}`, ...real }
  }

  return {
    list,
    find,
    async open(place) {
      if (place.kind === 'missing') throw new ToolError(`There is no ${place.shown}.`)
      // Without O_NONBLOCK a named pipe would keep us here until somebody writes to it. Windows has neither: there both are
      // undefined, which counts as 0.
      const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
      const file = await open(place.path, flags).catch(() => null)
      if (file === null) throw new ToolError(`${place.shown} can’t be opened.`)
      try {
        if (!(await file.stat()).isFile()) throw new ToolError(`${place.shown} is not a file.`)
        if (!(await isStillThere(file, place.path))) throw new ToolError(`${place.shown} was moved meanwhile.`)
        return file
      } catch (error) {
        await file.close()
        throw error
      }
    },
  }
}

/** Why a folder can't be granted, in a sentence for the person; null when it can. @returns its real path else */
export async function checkGrant(folder: string, own: string): Promise<{ path: string } | { why: string }> {
  if (!isAbsolute(folder)) return { why: 'Give the whole path of the folder.' }
  const path = await realpath(folder).catch(() => null)
  if (path === null || !(await stat(path)).isDirectory()) return { why: 'There is no such folder.' }
  const ownPath = await realpath(own).catch(() => resolve(own))
  if (isInside(path, ownPath) || isInside(ownPath, path))
    return { why: 'Parley’s own folder can’t be granted: it holds what tools are allowed to do.' }
  if (isInside(path, await realpath(homedir()).catch(() => homedir())))
    return { why: 'Your whole home folder is too much: it holds keys and passwords. Choose a folder inside it.' }
  return { path }
}

export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

function locate(grants: readonly Grant[], path: string): { grant: Grant; rest: string } | null {
  // No honest path climbs, and what a climbing one means depends on who reads it.
  if (path.split(/[/\\]/).includes('..')) return null
  if (isAbsolute(path)) {
    const plain = normalize(path)
    const grant = grants.find((one) => isInside(one.path, plain))
    return grant ? { grant, rest: relative(grant.path, plain) } : null
  }
  const [first = '', ...others] = normalize(path).split(sep)
  const named = grants.find(({ name }) => name === first) ?? grants.find(({ name }) => sameName(name, first))
  if (named) return { grant: named, rest: others.join(sep) }
  // With one folder there is no doubt which one is meant.
  const [only] = grants
  return only && grants.length === 1 ? { grant: only, rest: normalize(path) } : null
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** Of a file that is not there yet, its folder's real path with the name. */
async function realOf(path: string): Promise<Pick<Place, 'path' | 'kind'>> {
  const real = await realpath(path).catch(() => null)
  if (real !== null) return { path: real, kind: (await stat(real)).isDirectory() ? 'folder' : 'file' }
  const isLink = await lstat(path).then(
    () => true,
    () => false,
  )
  if (isLink) throw new ToolError('This link leads nowhere.')
  const folder = await realpath(dirname(path)).catch(() => null)
  if (folder === null) throw new ToolError('There is no such folder.')
  return { path: join(folder, basename(path)), kind: 'missing' }
}

/** Between the check of a path and its opening a folder on the way can be exchanged for a link. */
async function isStillThere(file: FileHandle, path: string): Promise<boolean> {
  if (process.platform === 'linux') return (await readlink(`/proc/self/fd/${file.fd}`)) === path
  const [opened, named, real] = await Promise.all([file.stat(), lstat(path), realpath(path)])
  return opened.dev === named.dev && opened.ino === named.ino && real === path
}

function outside(grants: readonly Grant[]): ToolError {
  return new ToolError(`This is outside of what was granted: ${grants.map(({ name }) => name).join(', ')}.`)
}
