// One process at a time in a folder. The hold lies with the kernel, so it is free the moment its process is gone,
// however that ended; there is no file with a time in it that a kill would leave behind.
import { createHash } from 'node:crypto'
import { chmod, mkdir, open, realpath, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { constants } from 'node:fs'
import { join } from 'node:path'
import { faultOf, StoreError } from './store-error.ts'

export type Release = () => Promise<void>

/** Makes the folder (0700) when it is missing. Throws StoreError `in-use` when another process holds it. */
export async function holdFolder(folder: string): Promise<Release> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const path = await realpath(folder)
    await mend(path)
    return process.platform === 'darwin' ? await lockFile(join(path, 'lock')) : await listenOn(nameOf(path))
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

/** Made by hand or by an older Parley it may be open to others of this computer: what is said is nobody else's. */
async function mend(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const { mode, uid } = await stat(folder)
  if ((mode & 0o077) !== 0 && uid === process.getuid?.()) await chmod(folder, 0o700)
}

/** An abstract socket on Linux, a named pipe on Windows: names without files. One per user and folder. */
function nameOf(path: string): string {
  const user = process.getuid?.() ?? ''
  const digest = createHash('sha256').update(`${user}\n${path}`).digest('hex').slice(0, 32)
  return process.platform === 'win32' ? `\\\\.\\pipe\\parley-${digest}` : `\0parley-${digest}`
}

function listenOn(path: string): Promise<Release> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen({ path, exclusive: true }, () => {
      server.unref()
      resolve(() => new Promise((released) => server.close(() => released())))
    })
  })
}

/** macOS takes a lock while opening: O_EXLOCK, with O_NONBLOCK to be told instead of waiting (sys/fcntl.h). */
async function lockFile(path: string): Promise<Release> {
  const exclusiveLock = 0x20
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | exclusiveLock, 0o600)
  return () => file.close()
}
