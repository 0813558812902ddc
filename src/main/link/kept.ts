// The file of the door for other devices: its certificate, its port, and who is paired. A device's token stands in it as its
// hash alone. What a device may do is core/devices/rights.ts's business.
import { join } from 'node:path'
import { z } from 'zod'
import { rights, rightsOf, type Right } from '../../core/devices/rights.ts'
import type { KeptShape } from '../../core/store/kept.ts'
import type { Clock, Random } from '../ports.ts'
import { diskFiles } from '../store/files.ts'
import { openKeptFile } from '../store/kept-file.ts'
import { isSame } from './gate.ts'
import { hashOf, newSecret, type Identity } from './identity.ts'

const deviceSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(40),
  token: z.string().regex(/^[0-9a-f]{64}$/),
  rights: z.array(z.enum(rights)).transform(rightsOf),
  pairedMs: z.number(),
  seenMs: z.number(),
})

export type KeptDevice = z.infer<typeof deviceSchema>

interface Kept {
  identity: Identity | null
  /** 0: any free one. */
  port: number
  devices: readonly KeptDevice[]
}

export interface KeptLink {
  identity(): Identity | null
  port(): number
  devices(): readonly KeptDevice[]
  /** One more would push out another. */
  isFull(): boolean
  keepIdentity(identity: Identity): Promise<void>
  keepPort(port: number): Promise<void>
  /** @returns the device and its token, which is nowhere else. Rejects with StoreError when the disk won't. */
  add(name: string, chosen: readonly Right[]): Promise<{ device: KeptDevice; token: string }>
  /** The device of that token; null for anybody else. */
  find(token: string): KeptDevice | null
  setRights(id: string, chosen: readonly Right[]): Promise<void>
  /** Null: all of them. */
  remove(id: string | null): Promise<void>
  /** Kept now and then, not with every request. */
  seen(id: string): void
  settled(): Promise<void>
}

export const mostDevices = 32
/** How exact “last seen” is on disk. */
const seenEveryMs = 60_000

const shape: KeptShape<Kept> = {
  version: 1,
  read(stored) {
    const given = z
      .object({
        identity: z.object({ key: z.string(), cert: z.string() }).nullable().catch(null),
        port: z.number().int().min(0).max(65_535).catch(0),
        devices: z.array(z.unknown()),
      })
      .safeParse(stored)
    if (!given.success) return null
    const devices = given.data.devices.flatMap((one) => deviceSchema.safeParse(one).data ?? [])
    const lost = given.data.devices.length - devices.length
    return {
      value: { ...given.data, devices },
      refused: lost > 0 ? [`${lost} can’t be read and must be paired anew`] : [],
    }
  },
  write: (kept) => kept,
}

export async function openKeptLink(opts: {
  folder: string
  clock: Clock
  random: Random
  newId: (prefix: string) => string
  tell?: (message: string) => void
}): Promise<KeptLink> {
  const { clock } = opts
  const file = await openKeptFile<Kept>({
    files: diskFiles,
    random: opts.random,
    path: join(opts.folder, 'devices.json'),
    name: 'The paired devices',
    shape,
    first: { identity: null, port: 0, devices: [] },
    // A device that was taken out must not come back by a copy.
    isSecret: true,
    ...(opts.tell ? { tell: opts.tell } : {}),
  })
  /** Not yet on disk. */
  const seenMs = new Map<string, number>()

  const devices = (): readonly KeptDevice[] =>
    file.value().devices.map((device) => ({ ...device, seenMs: seenMs.get(device.id) ?? device.seenMs }))

  async function change(make: (devices: readonly KeptDevice[]) => readonly KeptDevice[]): Promise<void> {
    await file.change((before) => ({
      ...before,
      devices: make(before.devices.map((one) => ({ ...one, seenMs: seenMs.get(one.id) ?? one.seenMs }))),
    }))
  }

  return {
    identity: () => file.value().identity,
    port: () => file.value().port,
    devices,
    isFull: () => file.value().devices.length >= mostDevices,
    async keepIdentity(identity) {
      await file.change((before) => ({ ...before, identity }))
    },
    async keepPort(port) {
      await file.change((before) => (before.port === port ? before : { ...before, port }))
    },
    async add(name, chosen) {
      const token = newSecret()
      const nowMs = clock.nowMs()
      const id = opts.newId('device')
      const device = { id, name, token: hashOf(token), rights: rightsOf(chosen), pairedMs: nowMs, seenMs: nowMs }
      await change((before) => [...before, device].slice(-mostDevices))
      return { device, token }
    },
    find(token) {
      const hash = hashOf(token)
      return devices().find((device) => isSame(device.token, hash)) ?? null
    },
    setRights: (id, chosen) =>
      change((before) => before.map((one) => (one.id === id ? { ...one, rights: rightsOf(chosen) } : one))),
    remove: (id) => change((before) => before.filter((one) => id !== null && one.id !== id)),
    seen(id) {
      const nowMs = clock.nowMs()
      const kept = file.value().devices.find((one) => one.id === id)
      seenMs.set(id, nowMs)
      if (kept !== undefined && nowMs - kept.seenMs >= seenEveryMs)
        change((before) => [...before]).catch(() => undefined)
    },
    settled: () => file.settled(),
  }
}
