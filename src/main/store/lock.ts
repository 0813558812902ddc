// One process at a time in a folder. The hold lies with the kernel, so it is free the moment its process is gone, however
// that ended: whoever finds a socket that nobody answers on may take its place.
//
// On Linux the lock is a socket in the folder itself, since that is the same one for everybody who reaches the folder: by
// another path, through a bind mount, in another network namespace or as another user. A name without a file (an abstract
// socket) would be seen in one network namespace alone; it stands in front, so that two who start at the same moment and find
// the same dead socket don't both clear it away.
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, link, mkdir, open, realpath, rename, stat, unlink, type FileHandle } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { faultOf, StoreError } from './store-error.ts'

export type Release = () => Promise<void>

export const lockName = 'lock'

/** Makes the folder (0700) when it is missing, and closes one that stood open to others. Throws StoreError `in-use` when another process holds it. */
export async function holdFolder(folder: string): Promise<Release> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const path = await realpath(folder)
    await closeToOthers(path)
    if (process.platform === 'darwin') return await lockFile(join(path, lockName))
    const release = await listenOn(await nameOf(path))
    if (process.platform === 'win32') return release
    try {
      const releaseSocket = await holdSocket(path)
      return async () => {
        await releaseSocket()
        await release()
      }
    } catch (error) {
      await release()
      throw error
    }
  } catch (error) {
    const fault = faultOf(error)
    if (fault === 'EADDRINUSE' || fault === 'EAGAIN')
      throw new StoreError(
        'in-use',
        'Parley is already running with this folder. Use that one, or close it first.',
        error,
      )
    throw new StoreError('refused', `The folder for conversations can’t be used (${fault}).`, error)
  }
}

/** A folder of somebody else's, or one that is made to be shared (sticky), is left as it is; so is one on a disk that takes nothing. */
async function closeToOthers(path: string): Promise<void> {
  const { uid, mode } = await stat(path)
  if (uid !== process.getuid?.() || (mode & 0o077) === 0 || (mode & 0o1000) !== 0) return
  await chmod(path, 0o700).catch((error: unknown) => {
    if (faultOf(error) !== 'EROFS') throw error
  })
}

/** An abstract socket on Linux, a named pipe on Windows: names without files, one for each folder. */
async function nameOf(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true })
  const of = process.platform === 'win32' ? path : `${dev}:${ino}`
  const digest = createHash('sha256').update(of).digest('hex').slice(0, 32)
  return process.platform === 'win32' ? `\\\\.\\pipe\\parley-${digest}` : `\0parley-${digest}`
}

function listenOn(path: string): Promise<Release> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    // Whoever reaches the folder may ask whether somebody answers, also as another user.
    const forAll = path.startsWith('/') ? { readableAll: true, writableAll: true } : {}
    server.listen({ path, exclusive: true, ...forAll }, () => {
      server.unref()
      resolve(() => new Promise((released) => server.close(() => released())))
    })
  })
}

/** Where a folder can hold no sockets, or nothing at all, the name in front has to do. */
const withoutSockets = ['EROFS', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EACCES', 'ENOSPC', 'EDQUOT', 'EIO']

async function holdSocket(folder: string): Promise<Release> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    return await bind(handle)
  } catch (error) {
    await handle.close()
    if (withoutSockets.includes(faultOf(error))) return () => Promise.resolve()
    throw error
  }
}

/** A path that is short enough for a socket, however deep the folder lies. */
const at = (folder: FileHandle, name: string): string => `/proc/self/fd/${folder.fd}/${name}`

async function bind(folder: FileHandle): Promise<Release> {
  const lock = at(folder, lockName)
  const own = at(folder, `${lockName}.${process.pid}-${Math.random().toString(36).slice(2, 10)}`)
  const release = await listenOn(own)
  try {
    if (!(await name(own, lock))) {
      if (await isAnswered(lock)) throw Object.assign(new Error('held'), { code: 'EADDRINUSE' })
      await clear(lock, `${own}.dead`)
      if (!(await name(own, lock))) throw Object.assign(new Error('held'), { code: 'EADDRINUSE' })
    }
  } catch (error) {
    await unlink(own).catch(() => undefined)
    await release()
    throw error
  }
  await unlink(own).catch(() => undefined)
  return async () => {
    await unlink(lock).catch(() => undefined)
    await release()
    await folder.close()
  }
}

/** False when there is one of that name: a link, unlike a rename, replaces nothing. */
async function name(own: string, lock: string): Promise<boolean> {
  try {
    await link(own, lock)
    return true
  } catch (error) {
    if (faultOf(error) === 'EEXIST') return false
    throw error
  }
}

function isAnswered(lock: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path: lock })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', (error) => {
      const fault = faultOf(error)
      // ENOTSOCK: a plain file of an older lock, or somebody's: nobody holds it.
      if (['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'].includes(fault)) resolve(false)
      else if (fault === 'EACCES') resolve(true)
      else reject(error)
    })
  })
}

/** Takes a dead one away, and puts it back should it be a living one by now. */
async function clear(lock: string, dead: string): Promise<void> {
  await rename(lock, dead)
  if (await isAnswered(dead)) {
    await name(dead, lock)
    await unlink(dead)
    throw Object.assign(new Error('held'), { code: 'EADDRINUSE' })
  }
  await unlink(dead)
}

/** macOS takes a lock while opening: O_EXLOCK, with O_NONBLOCK to be told instead of waiting (sys/fcntl.h). */
async function lockFile(path: string): Promise<Release> {
  const exclusiveLock = 0x20
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | exclusiveLock, 0o600)
  return () => file.close()
}
