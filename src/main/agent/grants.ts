// The folders that the person granted, and the only way from a path that a model wrote to a place on the disk: whatever links
// and dots it holds, the place lies inside a granted folder and outside Parley's own, or there is none.
import { lstat, realpath, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path'
import { plainWords } from '../../core/agent/plain.ts'
import { Diverted, openHeld, type HeldFolder } from './held-folder.ts'
import { faultIn, openPlain, type PlainFile, type WhyNot } from './open-plain.ts'
import { isHiddenInHome, isPrivate, isSystem } from './private-places.ts'
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
  /** The way from the granted folder to it, name by name. */
  names: readonly string[]
  kind: 'file' | 'folder' | 'missing'
}

export interface Grants {
  list(): Promise<Grant[]>
  /** `Notes/today.md`, or an absolute path. Rejects with ToolError when it is not inside what was granted. */
  find(path: string): Promise<Place>
  /** For reading; the caller closes it. Rejects with ToolError when it is no plain file, or has a second name. */
  open(place: Place): Promise<PlainFile>
  /** The folder that a file lies in, held open. Rejects with ToolError when it is another by now. */
  holdFolderOf(place: Place): Promise<HeldFolder>
  /** A folder itself, held open. */
  hold(place: Place): Promise<HeldFolder>
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
    if (isPrivate(real.path)) throw new ToolError('Keys and passwords lie there: no tool sees them.')
    const names = relative(grant.path, real.path)
      .split(sep)
      .filter((name) => name !== '')
    const shown = [grant.name, ...names].join('/')
    // With a slash behind it a file is asked for as a folder: what is meant is not what is there.
    if (/[/\\]$/.test(path) && real.kind !== 'folder') throw new ToolError(`${plainWords(shown)} is no folder.`)
    return { grant, shown, names, ...real }
  }

  return {
    list,
    find,
    async open(place) {
      const folder = await held(place, place.names.slice(0, -1))
      try {
        const file = await openPlain(folder, place.names.at(-1) ?? '')
        if ('why' in file) throw new ToolError(refusals[file.why](plainWords(place.shown)))
        return file
      } finally {
        await folder.close()
      }
    },
    holdFolderOf: (place) => held(place, place.names.slice(0, -1)),
    hold: (place) => held(place, place.names),
  }
}

async function held(place: Place, names: readonly string[]): Promise<HeldFolder> {
  const shown = plainWords(place.shown)
  if (place.names.length === 0 && place.kind !== 'folder') throw new ToolError(`${shown} can’t be opened.`)
  try {
    return await openHeld(place.grant.path, names)
  } catch (error) {
    if (error instanceof Diverted || faultIn(error) === 'ELOOP' || faultIn(error) === 'ENOTDIR')
      throw new ToolError(`${shown} was moved meanwhile.`)
    throw new ToolError(`${shown} can’t be opened.`)
  }
}

const refusals: Record<WhyNot, (shown: string) => string> = {
  missing: (shown) => `There is no ${shown}.`,
  'not-a-file': (shown) => `${shown} is not a file.`,
  linked: (shown) => `${shown} has a second name (a hard link), which may lie elsewhere. A copy of it can be used.`,
  refused: (shown) => `${shown} can’t be opened.`,
}

/** Why a folder can't be granted, in a sentence for the person; null when it can. @returns its real path else */
export async function checkGrant(
  folder: string,
  own: string,
  home = homedir(),
): Promise<{ path: string } | { why: string }> {
  if (!isAbsolute(folder)) return { why: 'Give the whole path of the folder.' }
  const path = await realpath(folder).catch(() => null)
  if (
    path === null ||
    !(await stat(path).then(
      (status) => status.isDirectory(),
      () => false,
    ))
  )
    return { why: 'There is no such folder.' }
  const ownPath = await realpath(own).catch(() => resolve(own))
  if (isInside(path, ownPath) || isInside(ownPath, path))
    return { why: 'Parley’s own folder can’t be granted: it holds what tools are allowed to do.' }
  if (isInside(path, await realpath(home).catch(() => home)))
    return { why: 'Your whole home folder is too much: it holds keys and passwords. Choose a folder inside it.' }
  if (isSystem(path, home)) return { why: 'This folder belongs to the system. Choose one with your own files.' }
  if (isPrivate(path)) return { why: 'This folder holds keys and passwords. Choose another.' }
  if (isHiddenInHome(path, home))
    return { why: 'Hidden folders of your home hold keys and what programs obey. Choose another folder.' }
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

/** Of a file that is not there yet, its folder's real path with the name. Only what is not there is missing. */
async function realOf(path: string): Promise<Pick<Place, 'path' | 'kind'>> {
  const real = await realpath(path).catch(faultIn)
  if (isAbsolute(real)) {
    const status = await stat(real)
    return { path: real, kind: status.isDirectory() ? 'folder' : 'file' }
  }
  if (real === 'ENOTDIR') throw new ToolError('There is no such folder.')
  if (real !== 'ENOENT') throw new ToolError('This place can’t be looked at.')
  const named = await lstat(path).catch(faultIn)
  if (typeof named !== 'string') throw new ToolError('This link leads nowhere.')
  if (named !== 'ENOENT') throw new ToolError('This place can’t be looked at.')
  const folder = await realpath(dirname(path)).catch(() => null)
  if (folder === null || !(await stat(folder)).isDirectory()) throw new ToolError('There is no such folder.')
  return { path: join(folder, basename(path)), kind: 'missing' }
}

function outside(grants: readonly Grant[]): ToolError {
  return new ToolError(`This is outside of what was granted: ${grants.map(({ name }) => name).join(', ')}.`)
}
