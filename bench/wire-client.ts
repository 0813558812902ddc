// A process of one client, so that what it spends is its own: told to open a session, it says when that is ready, reads the
// stream, and says what reading took and what it has.
import { openClient, type ClientName } from './wire-clients.ts'
import { sumOf, type Said } from './wire-stream.ts'

export interface ReadOrder {
  port: number
  lastItem: string
  responses: number
  /** Sums all samples, which costs; else they are only counted. */
  proves: boolean
}

export type ReadNews = { type: 'ready' } | ({ type: 'read' } & Reading)

export interface Reading {
  /** Of this process, all threads, in user and system mode. */
  cpuUs: number
  samples: number
  checksum: number
  said: Said[]
}

const open = openClient[process.argv[2] as ClientName]
const tell = (news: ReadNews): void => void process.send?.(news)

process.on('message', (order: ReadOrder) => void read(order))

async function read({ proves, ...order }: ReadOrder): Promise<void> {
  let samples = 0
  let checksum = 0
  const client = await open({
    ...order,
    take(taken) {
      samples += taken.length
      if (proves) checksum = (checksum + sumOf(taken)) | 0
    },
  })
  const from = process.cpuUsage()
  tell({ type: 'ready' })
  await client.whole
  const { user, system } = process.cpuUsage(from)
  tell({ type: 'read', cpuUs: user + system, samples, checksum, said: client.said() })
  await client.close()
}
