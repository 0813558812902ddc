// A process that uses everything of a data folder until it is killed, and reports a line for whatever its ledger takes up or lets go.
// With `lowdb` for a second argument: turns kept by plain lowdb alone.
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { diskFiles } from '../../src/main/store/files.ts'
import { act, newLedger } from './folder-acts.ts'
import { openPlainLowdb } from './plain-lowdb.ts'
import { said } from './spoken.ts'
import { createStillClock } from './still-clock.ts'
import { openLife } from './whole-folder.ts'

const [, , folder = '', keeper] = process.argv
/** Written through at once: what was still in this process would prove nothing. */
const report = (what: string, key: string, value = ''): void =>
  void writeSync(1, `${JSON.stringify([what, key, value])}\n`)

class ReportedSet extends Set<string> {
  readonly #name: string
  constructor(name: string) {
    super()
    this.#name = name
  }
  override add(fact: string): this {
    report(`${this.#name}+`, fact)
    return super.add(fact)
  }
  override delete(fact: string): boolean {
    report(`${this.#name}-`, fact)
    return super.delete(fact)
  }
}

class ReportedPlaces<Value extends string> extends Map<string, Value> {
  override set(id: string, place: Value): this {
    report('place+', id, place)
    return super.set(id, place)
  }
  override delete(id: string): boolean {
    report('place-', id)
    return super.delete(id)
  }
}

async function keepWithLowdb(): Promise<never> {
  await diskFiles.makeFolder(folder)
  const low = await openPlainLowdb(diskFiles, join(folder, 'plain.json'))
  for (let at = 0; ; at += 1) {
    await low.append(said(`t${at}`))
    report('there+', `turn one t${at}`)
  }
}

async function keepAll(): Promise<never> {
  const ledger = {
    ...newLedger(),
    there: new ReportedSet('there'),
    gone: new ReportedSet('gone'),
    places: new ReportedPlaces(),
  }
  const clock = createStillClock()
  for (;;) {
    const life = await openLife({ folder, clock, random: Math.random })
    await act(life, ledger as never, Math.random, 60)
    await life.end()
  }
}

await (keeper === 'lowdb' ? keepWithLowdb() : keepAll())
