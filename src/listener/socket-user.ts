// Whose socket stands at the other end of a connection on this machine. Linux tells it in /proc/net/tcp; elsewhere it is
// not known, and the other checks stand alone.
import { readFile } from 'node:fs/promises'

export interface SocketEnd {
  address: string
  port: number
}

/** `gone`: nobody holds it any more, and its row says 0 whoever held it. `unknown`: the system does not tell. */
export type SocketUser = number | 'gone' | 'unknown'

interface Row {
  local: SocketEnd
  remote: SocketEnd
  state: string
  uid: number
  inode: string
}

const listening = '0A'
const tables = ['/proc/net/tcp', '/proc/net/tcp6']

/** @param text a table as the kernel prints it, with its line of headings */
export function readSocketTable(text: string): Row[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, local, remote, state, , , , uid, , inode] = line.trim().split(/\s+/)
      if (local === undefined || remote === undefined || state === undefined || inode === undefined) return []
      return [{ local: readEnd(local), remote: readEnd(remote), state, uid: Number(uid), inode }]
    })
}

/** The kernel writes each 32 bits in the machine's own order, which is little-endian wherever Parley runs. */
function readEnd(text: string): SocketEnd {
  const [hex = '', port = ''] = text.split(':')
  const words = hex.match(/.{8}/g) ?? []
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)))
  return { address: addressOf(bytes), port: Number.parseInt(port, 16) }
}

function addressOf(bytes: readonly number[]): string {
  const isMapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff
  if (bytes.length === 4 || isMapped) return bytes.slice(-4).join('.')
  const isLoopback = bytes.slice(0, 15).every((byte) => byte === 0)
  if (isLoopback) return bytes[15] === 1 ? '::1' : '::'
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** @param near the other side's own end, as `socket.remoteAddress` and `remotePort` name it. @param far our end */
export function peerIn(rows: readonly Row[], near: SocketEnd, far: SocketEnd): SocketUser {
  const row = rows.find(({ local, remote }) => isSame(local, near) && isSame(remote, far))
  if (!row) return 'unknown'
  return row.inode === '0' ? 'gone' : row.uid
}

/** The users who listen at a port of 127.0.0.1; a socket that listens everywhere does so where no other is nearer. */
export function listenersIn(rows: readonly Row[], port: number): number[] {
  const there = rows.filter(({ state, local }) => state === listening && local.port === port)
  const near = there.filter(({ local }) => local.address === '127.0.0.1')
  const wide = there.filter(({ local }) => local.address === '0.0.0.0' || local.address === '::')
  return [...new Set((near.length > 0 ? near : wide).map(({ uid }) => uid))]
}

const isSame = (one: SocketEnd, other: SocketEnd): boolean =>
  one.port === other.port && plain(one.address) === plain(other.address)
const plain = (address: string): string => address.replace(/^::ffff:/i, '')

async function readRows(): Promise<Row[]> {
  const texts = await Promise.all(tables.map((path) => readFile(path, 'utf8').catch(() => '')))
  return texts.flatMap(readSocketTable)
}

export async function peerUser(near: SocketEnd, far: SocketEnd): Promise<SocketUser> {
  return process.platform === 'linux' ? peerIn(await readRows(), near, far) : 'unknown'
}

/** Empty where the system does not tell, and where nobody listens. */
export async function listenerUsers(port: number): Promise<number[]> {
  return process.platform === 'linux' ? listenersIn(await readRows(), port) : []
}
