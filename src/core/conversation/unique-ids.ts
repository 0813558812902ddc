// Ids shortened to what the service takes may meet; then the later one is told apart by the checksum of where it stands.
import type { WireItem } from '../realtime/events.ts'
import { checksum } from '../store/crc32.ts'
import { toBytes } from '../store/utf8.ts'

/** @param longest characters that an id may have */
export function withUniqueIds<Planned extends { item: WireItem }>(
  planned: readonly Planned[],
  longest: number,
): Planned[] {
  const taken = new Set<string>()
  return planned.map((one, at) => {
    const id = one.item.id ?? ''
    const own = id === '' || taken.has(id) ? freeId(id, at, taken, longest) : id
    taken.add(own)
    return own === id ? one : { ...one, item: { ...one.item, id: own } }
  })
}

function freeId(id: string, at: number, taken: ReadonlySet<string>, longest: number): string {
  for (let salt = at; ; salt += 1) {
    const own = `${id.slice(0, longest - 9)}_${checksum(toBytes(`${id} ${salt}`))}`
    if (!taken.has(own)) return own
  }
}
