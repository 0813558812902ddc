// What of folder-acts.ts's facts is there, read by the same parts that keep it, and what is wrong with that beside the ledger.
import { join } from 'node:path'
import { readFile, readdir } from 'node:fs/promises'
import { conversationFolder } from '../../src/main/store/conversations.ts'
import { conversationIds, isOf, ownFile, type Ledger, type Place } from './folder-acts.ts'
import type { Life } from './whole-folder.ts'

export interface Found {
  facts: Set<string>
  places: Map<string, Place>
}

/** Restores what is in the trash to look at it. */
export async function findFacts(life: Life, ledger: Ledger): Promise<Found> {
  const { folder, store } = life
  const facts = new Set<string>()
  const places = new Map<string, Place>()
  const listed = new Set((await store.list()).map(({ id }) => id))
  const removed = new Set(await store.removed())
  for (const id of conversationIds) {
    places.set(id, listed.has(id) ? 'list' : removed.has(id) ? 'trash' : 'gone')
    if (!listed.has(id) && removed.has(id)) await store.restore(id)
    if (!listed.has(id) && !removed.has(id)) continue
    const record = await store.open(id)
    const { title, turns } = record.conversation()
    facts.add(`title ${id} ${title}`)
    for (const turn of turns) {
      facts.add(`turn ${id} ${turn.id}`)
      for (const picture of turn.pictures ?? [])
        if ((await record.pictures.read(picture)) !== null) facts.add(`picture ${id} ${picture.digest}`)
    }
    for (const task of await readdir(join(conversationFolder(folder, id), 'tasks')).catch(() => [] as string[])) {
      const log = await life.taskLog(id, task)
      for (const step of log.entries().keys()) facts.add(`task ${id} ${task} ${step + 1}`)
      await log.close()
    }
    await record.close()
  }
  facts.add(`setting ${life.settings.current().instructions}`)
  for (const { text } of life.alarms.list()) facts.add(`alarm ${text}`)
  for (const { id } of life.link.devices()) facts.add(`device ${id}`)
  facts.add(`port ${life.link.port()}`)
  for (const fact of [...ledger.there, ...ledger.gone])
    if (fact.startsWith('key ') && (await life.keys.get(fact.slice(4))) !== null) facts.add(fact)
  const prices = JSON.parse(await readFile(join(folder, 'prices.json'), 'utf8').catch(() => '{}')) as {
    models?: object
  }
  for (const model of Object.keys(prices.models ?? {})) facts.add(`price ${model}`)
  const notes = await readFile(join(folder, 'notes.md'), 'utf8').catch(() => '')
  for (const [, name] of notes.matchAll(/^- (note-\d+)\.$/gm)) facts.add(`note ${name}`)
  const version = await life.versions.newest(ownFile)
  facts.add(`version ${Buffer.from(version?.bytes ?? []).toString('utf8')}`)
  for (const { text } of life.noted.value.notes) facts.add(`noted ${text}`)
  return { facts, places }
}

const rising = /^(setting|port|version|title \w+) (\d+)$/

/** Sentences; none where everything that was acknowledged is as it was acknowledged. */
export function wrongWith(ledger: Ledger, { facts, places }: Found): string[] {
  const wrong: string[] = []
  const highest = new Map<string, number>()
  for (const fact of facts) {
    const [, what, value] = rising.exec(fact) ?? []
    if (what !== undefined) highest.set(what, Number(value))
  }
  for (const fact of ledger.there) {
    const [, what, value] = rising.exec(fact) ?? []
    const isThere = what === undefined ? facts.has(fact) : (highest.get(what) ?? 0) >= Number(value)
    if (!isThere) wrong.push(`lost: ${fact}`)
  }
  for (const fact of ledger.gone) if (facts.has(fact)) wrong.push(`back again: ${fact}`)
  for (const [id, place] of ledger.places)
    if (places.get(id) !== place) wrong.push(`in the wrong place: ${id}, ${places.get(id)} for ${place}`)
  for (const [id, all] of ledger.halves) {
    const left = [...all].filter((fact) => facts.has(fact) || rising.test(fact)).length
    if (places.get(id) !== 'gone' && left < all.size) wrong.push(`half of it: ${id}, ${left} of ${all.size}`)
  }
  return wrong
}

/** What was on its way when the power went has ended by now, one way or the other. */
export function settle(ledger: Ledger, { places }: Found): void {
  for (const [id, all] of ledger.halves) {
    if (places.get(id) === 'gone') continue
    for (const fact of all) ledger.there.add(fact)
  }
  ledger.halves.clear()
  for (const [id, place] of places) {
    ledger.places.set(id, place)
    if (place === 'gone') for (const fact of [...ledger.there].filter(isOf(id))) ledger.there.delete(fact)
  }
}
