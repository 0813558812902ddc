// Walks a granted folder through open handles, within the worker: a folder that is swapped for a link meanwhile leads nowhere.
import { lstat, opendir } from 'node:fs/promises'
import { workLimits } from '../../../core/agent/limits.ts'
import { openHeld, type HeldFolder } from '../held-folder.ts'
import type { Entry, Listing, Order, WalkedPlace } from './jobs.ts'

export async function list(place: WalkedPlace, deep: boolean, sort: Order): Promise<Listing> {
  const entries: Entry[] = []
  const isWhole = await walk(place, deep, (_folder, _name, entry) => void entries.push(entry))
  const sorted = entries.sort(orders[sort])
  return {
    entries: sorted.slice(0, workLimits.listed),
    more: Math.max(0, sorted.length - workLimits.listed),
    isWhole,
  }
}

const orders: Record<Order, (one: Entry, other: Entry) => number> = {
  name: (one, other) => (one.path < other.path ? -1 : 1),
  largest: (one, other) => other.bytes - one.bytes,
  newest: (one, other) => (one.changed < other.changed ? 1 : -1),
}

/** Breadth first. @returns false when there was more than is looked at */
export async function walk(
  place: WalkedPlace,
  deep: boolean,
  visit: (folder: HeldFolder, name: string, entry: Entry) => void | Promise<void>,
): Promise<boolean> {
  let walked = 0
  const waiting = [{ names: place.names, shown: place.shown }]
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { names, shown } = next
    const folder = await openHeld(place.root, names).catch(() => null)
    if (folder === null) continue
    try {
      for await (const { name } of await opendir(folder.self())) {
        if (walked++ >= workLimits.walked) return false
        const entry = await entryOf(folder, name, `${shown}/${name}`)
        if (entry === null) continue
        if (entry.kind === 'folder' && deep) waiting.push({ names: [...names, name], shown: entry.path })
        await visit(folder, name, entry)
      }
    } finally {
      await folder.close()
    }
  }
  return true
}

async function entryOf(folder: HeldFolder, name: string, path: string): Promise<Entry | null> {
  const status = await lstat(folder.at(name)).catch(() => null)
  if (status === null) return null
  const isFile = status.isFile()
  const kind = isFile ? 'file' : status.isDirectory() ? 'folder' : status.isSymbolicLink() ? 'link' : 'other'
  return { path, kind, bytes: isFile ? status.size : 0, changed: status.mtime.toISOString() }
}
