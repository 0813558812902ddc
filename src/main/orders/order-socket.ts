// A socket in the data folder, through which this person's other programs reach the running app. It is the person's alone
// (0600 in a folder of 0700; a pipe of this user's on Windows). One order a connection: a line there, a line back.
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, open, realpath, unlink } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { readOrderLine, type Order, type OrderReply } from './order.ts'

export const orderSocketName = 'orders'

const longestLine = 64 * 1024
/** To say what is wanted, and, for the one who asked, to be answered. */
const orderWithinMs = 5_000
const answerWithinMs = 20_000
/** Kept open at once; more are hung up on. */
const mostConnections = 16
/** The kernel's bound for the path of a socket, with room to spare. */
const longestPath = 100

const notUnderstood: OrderReply = { ok: false, message: 'That is no order.' }

type Obey = (order: Order) => Promise<OrderReply>
type Close = () => Promise<void>

/**
 * Call it while the folder is held: whatever lies there under its name is a dead one. Where the folder can hold no socket,
 * that is told, and everything else works.
 */
export async function openOrders(folder: string, obey: Obey, tell: (message: string) => void): Promise<Close> {
  try {
    return await listen(folder, obey)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    tell(`A terminal can’t reach this Parley: there can be no socket in its folder (${code ?? 'unknown'}).`)
    return () => Promise.resolve()
  }
}

async function listen(folder: string, obey: Obey): Promise<Close> {
  const { path, release } = await placeOf(folder)
  if (process.platform !== 'win32') await unlink(path).catch(() => undefined)
  const held = new Set<Socket>()
  const server = createServer((socket) => {
    held.add(socket)
    socket.once('close', () => held.delete(socket))
    answerOn(socket, obey)
  })
  server.maxConnections = mostConnections
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ path, exclusive: true }, resolve)
  })
  if (process.platform !== 'win32') await chmod(path, 0o600)
  server.unref()
  return async () => {
    for (const socket of held) socket.destroySoon()
    await new Promise<void>((closed) => server.close(() => closed()))
    await release()
  }
}

function answerOn(socket: Socket, obey: Obey): void {
  let line = ''
  let isTaken = false
  const reply = (said: OrderReply): void => void socket.end(`${JSON.stringify(said)}\n`)
  socket.setTimeout(orderWithinMs, () => {
    if (!isTaken) socket.destroy()
  })
  socket.on('error', () => socket.destroy())
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    if (isTaken) return
    line += text
    const end = line.indexOf('\n')
    if (end < 0 && line.length <= longestLine) return
    isTaken = true
    const order = end < 0 || end > longestLine ? null : readOrderLine(line.slice(0, end))
    if (order === null) return reply(notUnderstood)
    obey(order).then(reply, () => reply({ ok: false, message: 'That could not be done.' }))
  })
}

/** @returns null when nobody runs there. @throws Error with a sentence when whoever runs there doesn't answer */
export async function askRunning(folder: string, order: Order): Promise<OrderReply | null> {
  const place = await placeOf(folder).catch(() => null)
  if (place === null) return null
  try {
    return await askAt(place.path, order)
  } finally {
    await place.release()
  }
}

function askAt(path: string, order: Order): Promise<OrderReply | null> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect({ path })
    const silent = (): void => {
      socket.destroy()
      reject(new Error('Parley runs, but does not answer. Try again, or end it.'))
    }
    socket.setEncoding('utf8')
    socket.setTimeout(answerWithinMs, silent)
    socket.once('connect', () => socket.write(`${JSON.stringify(order)}\n`))
    socket.on('data', (text: string) => (answer += text))
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED' || error.code === 'ENOTSOCK') resolve(null)
      else silent()
    })
    socket.once('end', () => {
      const reply = readReply(answer)
      if (reply === null) silent()
      else resolve(reply)
      socket.destroy()
    })
  })
}

function readReply(line: string): OrderReply | null {
  try {
    return JSON.parse(line) as OrderReply
  } catch {
    return null
  }
}

/** Where the socket is, by a path short enough for one, however deep the folder lies. */
async function placeOf(folder: string): Promise<{ path: string; release: () => Promise<void> }> {
  const real = await realpath(folder)
  const path = join(real, orderSocketName)
  const nothing = (): Promise<void> => Promise.resolve()
  if (process.platform === 'win32') {
    const digest = createHash('sha256').update(real.toLowerCase()).digest('hex').slice(0, 32)
    return { path: `\\\\.\\pipe\\parley-orders-${digest}`, release: nothing }
  }
  if (Buffer.byteLength(path) <= longestPath || process.platform !== 'linux') return { path, release: nothing }
  const handle = await open(real, constants.O_RDONLY | constants.O_DIRECTORY)
  return { path: `/proc/self/fd/${handle.fd}/${orderSocketName}`, release: () => handle.close() }
}
