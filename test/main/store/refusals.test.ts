// A disk that refuses, at every call of a day with the store: once, or from then on. What was acknowledged is there afterwards, nothing
// else was acknowledged, whoever asked is answered, and what a person has to know is told once.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openConversations, type ConversationStore } from '../../../src/main/store/conversations.ts'
import { diskFiles } from '../../../src/main/store/files.ts'
import { openSettings } from '../../../src/main/store/settings.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { said, started } from '../../support/spoken.ts'
import { createStillClock, type StillClock } from '../../support/still-clock.ts'
import { createWatchedFiles, systemError, type FilesCall, type WatchedFiles } from '../../support/watched-files.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 30)
/** By the store's own clock; `append` alone waits for as long as the disk refuses, unless somebody wants to be done. */
const withinMs = 2_000
const stepMs = 250
/** A busy machine's disk takes its time. */
const mostBusyMs = 5_000

const making: FilesCall[] = ['create', 'append', 'makeFolder', 'rename']
const writing: FilesCall[] = [...making, 'write', 'truncate', 'remove']
/** What each error can befall. */
const faults: Record<string, readonly FilesCall[]> = {
  ENOSPC: [...making, 'write'],
  EIO: [...writing, 'sync', 'flush', 'read', 'list', 'syncFolder'],
  EMFILE: ['create', 'append', 'flush', 'read', 'list', 'syncFolder'],
  EROFS: writing,
}
/** For so many of its calls. */
const lastings = [1, 5, 20, Infinity]

interface Day {
  /** Turns whose append resolved, by conversation. */
  kept: Map<string, string[]>
  /** Turns whose append was rejected or never settled. */
  notKept: Set<string>
  removed: Set<string>
  /** The settings as they were last acknowledged. */
  volume: number | null
  hung: string[]
  told: string[]
  refused: number
}

/** Moves the clock only when nothing else goes on. @returns false when it would not come to an end in time */
async function settles(clock: StillClock, act: Promise<unknown>, lastMs = mostBusyMs): Promise<boolean> {
  const ended = { isDone: false }
  const done = act.then(
    () => (ended.isDone = true),
    () => (ended.isDone = true),
  )
  for (let movedMs = 0; ; movedMs += stepMs) {
    // Real files answer from another thread.
    const isLast = movedMs >= withinMs
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, isLast ? lastMs : 10))])
    if (ended.isDone) return true
    if (isLast) return false
    clock.pass(stepMs)
  }
}

async function live(files: WatchedFiles, folder: string, clock: StillClock): Promise<Day> {
  const day: Day = {
    kept: new Map(),
    notKept: new Set(),
    removed: new Set(),
    volume: null,
    hung: [],
    told: [],
    refused: 0,
  }
  const ask = async <Value>(what: string, act: () => Promise<Value>): Promise<Value | null> => {
    let value: Value | null = null
    const done = act().then(
      (given) => void (value = given),
      () => void (day.refused += 1),
    )
    if (!(await settles(clock, done))) day.hung.push(what)
    return value
  }
  const store = await ask<ConversationStore>('open', () =>
    openConversations({ folder, clock, random: seededRandom(1), files, limits: { snapshotAfterBytes: 400 } }),
  )
  const settings = await ask('settings', () =>
    openSettings({ folder, random: seededRandom(2), files, tell: (message) => day.told.push(message) }),
  )
  if (store === null) return day
  store.onNotice(({ message }) => day.told.push(message))
  await ask('list', () => store.list())
  const waiting: Promise<unknown>[] = []
  for (const id of ['one', 'two', 'three']) {
    const record = await ask(`open ${id}`, () => store.open(id))
    if (record === null) continue
    record.onUnsaved((unsaved) => unsaved && day.told.push(`unsaved in ${id}`))
    for (let at = 0; at < 4; at++) {
      const turn = `${id}${at}`
      day.notKept.add(turn)
      const append = record.append(at === 0 ? [started(id), ...said(turn)] : said(turn)).then(
        () => {
          day.notKept.delete(turn)
          day.kept.set(id, [...(day.kept.get(id) ?? []), turn])
        },
        () => void (day.refused += 1),
      )
      waiting.push(append)
      // It waits for a disk that refuses for good.
      await settles(clock, append, 10)
    }
    if (id === 'one')
      await ask('rename', () => settles(clock, record.append([{ type: 'conversation-renamed', title: 'New' }]), 10))
    if (id !== 'three') {
      record.hasten()
      await ask(`close ${id}`, () => record.close())
    }
  }
  if (settings !== null) {
    const changed = await ask('change a setting', () => settings.change({ outputVolume: 40 }))
    if (changed !== null) day.volume = 40
  }
  await ask('list again', () => store.list())
  if ((await ask('remove', () => store.remove('two').then(() => true))) === true) day.removed.add('two')
  if ((await ask('restore', () => store.restore('two').then(() => true))) === true) day.removed.delete('two')
  if ((await ask('remove again', () => store.remove('one').then(() => true))) === true) day.removed.add('one')
  await ask('expire', () => store.expire())
  const last = await ask('open three', () => store.open('three'))
  last?.hasten()
  await ask('close', () => store.close())
  if (!(await settles(clock, Promise.all(waiting)))) day.hung.push('an append at the end')
  return day
}

/** What is wrong with the folder on a disk that is well again. */
async function wrongAfter(folder: string, day: Day, hasFailed: boolean): Promise<string[]> {
  const wrong = day.hung.map((what) => `hangs: ${what}`)
  for (const message of new Set(day.told))
    if (!message.startsWith('unsaved') && day.told.filter((one) => one === message).length > 1)
      wrong.push(`told more than once: ${message}`)
  if (hasFailed && day.notKept.size > 0 && day.told.length === 0 && day.refused === 0) wrong.push('told nobody')
  let store: ConversationStore
  try {
    store = await openConversations({ folder, clock: createStillClock(), random: seededRandom(3) })
  } catch (error) {
    return [...wrong, `can’t be opened: ${String(error)}`]
  }
  try {
    const listed = new Set((await store.list()).map(({ id }) => id))
    for (const [id, turns] of day.kept) {
      const there = day.removed.has(id) ? await store.removed().then((ids) => ids.includes(id)) : listed.has(id)
      // A refused removal may have been done all the same: then it can be brought back.
      if (!there && !(await store.removed()).includes(id) && !listed.has(id)) {
        wrong.push(`gone: ${id}`)
        continue
      }
      if (!listed.has(id)) await store.restore(id)
      const has = (await store.read(id))?.turns.map(({ id: turn }) => turn) ?? []
      for (const turn of turns) if (!has.includes(turn)) wrong.push(`lost: ${turn}`)
      if (new Set(has).size !== has.length) wrong.push(`doubled in ${id}`)
    }
    if (
      day.volume !== null &&
      (await openSettings({ folder, random: Math.random })).current().outputVolume !== day.volume
    )
      wrong.push('a setting was lost')
  } catch (error) {
    wrong.push(`does not open: ${String(error)}`)
  } finally {
    await store.close()
  }
  return wrong
}

const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** @param at the call that is refused, from 1; 0 for none. @returns what went wrong, and how many calls there were */
async function run(code: string, lasting: number, at: number): Promise<{ wrong: string[]; calls: number }> {
  const folder = mkdtempSync(join(base, 'parley-test-'))
  try {
    const files = createWatchedFiles(diskFiles)
    let calls = 0
    let hasFailed = false
    files.before = (call) => {
      if (!faults[code]!.includes(call)) return
      calls += 1
      if (at === 0 || calls < at || calls >= at + lasting) return
      hasFailed = true
      throw systemError(code)
    }
    const day = await live(files, folder, createStillClock())
    return { wrong: await wrongAfter(folder, day, hasFailed), calls }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('a disk that refuses', () => {
  it('[D240] at any call, once or from then on: all are answered, nothing acknowledged is lost, all is told once', async () => {
    const cases: (readonly [code: string, lasting: number, at: number])[] = []
    for (const code of Object.keys(faults)) {
      const { wrong, calls } = await run(code, 1, 0)
      expect(wrong).toEqual([])
      for (let at = 1; at <= calls; at++) for (const lasting of lastings) cases.push([code, lasting, at])
    }
    const random = seededRandom(11)
    const chosen =
      runs >= cases.length ? cases : Array.from({ length: runs }, () => cases[Math.floor(random() * cases.length)]!)
    const found: string[] = []
    for (const one of chosen) {
      const { wrong } = await run(...one)
      if (wrong.length > 0) found.push(`${one.join(' ')}: ${wrong.join(', ')}`)
    }
    console.log(`${chosen.length} of ${cases.length} ways to refuse`)
    expect(found).toEqual([])
  })
})
