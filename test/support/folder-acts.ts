// Acts on everything that is kept in the data folder, by chance and several at once, and a ledger of what was acknowledged. A fact is a
// line like `turn one t12`; one whose change is on its way stands nowhere. What is there afterwards is facts-found.ts's.
import type { Change } from '../../src/core/conversation/change.ts'
import type { Random } from '../../src/main/ports.ts'
import { said, started } from './spoken.ts'
import { pngOf } from './test-picture.ts'
import type { Life } from './whole-folder.ts'

export interface Ledger {
  there: Set<string>
  gone: Set<string>
  /** Where each conversation is, of which that is certain. */
  places: Map<string, Place>
  /** Of conversations that were being deleted when the power went: all of it is there, or none. */
  halves: Map<string, Set<string>>
  /** Highest number given away. */
  last: number
}

export type Place = 'list' | 'trash' | 'gone'

export const newLedger = (): Ledger => ({
  there: new Set(),
  gone: new Set(),
  places: new Map(),
  halves: new Map(),
  last: 0,
})

export const conversationIds = ['one', 'Two', 'three'] as const
export const ownFile = '/home/own.txt'

export const isOf = (id: string) => (fact: string) => fact.split(' ')[1] === id

/** Of a value that only rises: the newest one stands for all before. */
function raise(ledger: Ledger, what: string, value: number): void {
  for (const fact of ledger.there)
    if (fact.startsWith(`${what} `) && Number(fact.slice(what.length + 1)) < value) ledger.there.delete(fact)
  ledger.there.add(`${what} ${value}`)
}

interface Acting {
  life: Life
  ledger: Ledger
  random: Random
  /** Conversations that somebody uses now, how often; below nothing: somebody moves it. */
  inUse: Map<string, number>
}

type Act = (acting: Acting) => Promise<void>

const pick = <Value>(random: Random, from: readonly Value[]): Value | undefined =>
  from[Math.floor(random() * from.length)]

const number = ({ ledger }: Acting): number => (ledger.last += 1)

/** Beside others that use it. */
async function using(acting: Acting, act: (id: string) => Promise<void>): Promise<void> {
  const { random, inUse, ledger } = acting
  const id = pick(random, conversationIds) ?? 'one'
  const users = inUse.get(id) ?? 0
  if (users < 0 || ledger.places.get(id) === 'trash') return
  inUse.set(id, users + 1)
  await act(id)
  inUse.set(id, (inUse.get(id) ?? 0) - 1)
}

/** While nobody else does anything with it. */
async function moving(acting: Acting, from: readonly Place[], act: (id: string) => Promise<Place>): Promise<void> {
  const { random, inUse, ledger } = acting
  const id = pick(random, conversationIds) ?? 'one'
  const place = ledger.places.get(id)
  if ((inUse.get(id) ?? 0) !== 0 || place === undefined || !from.includes(place)) return
  inUse.set(id, -1)
  ledger.places.delete(id)
  ledger.places.set(id, await act(id))
  inUse.set(id, 0)
}

async function keep(acting: Acting, id: string, changes: readonly Change[], facts: readonly string[]): Promise<void> {
  const record = await acting.life.store.open(id)
  const isNew = record.conversation().seq === 0
  // On its way it is neither gone nor there.
  if (isNew) acting.ledger.places.delete(id)
  await record.append(isNew ? [started(id), ...changes] : changes)
  acting.ledger.places.set(id, 'list')
  for (const fact of facts) acting.ledger.there.add(fact)
}

const say: Act = (acting) =>
  using(acting, async (id) => {
    const at = number(acting)
    // Some so long that segments of their own come about.
    const words = `words ${at} `.repeat(acting.random() < 0.15 ? 900 : 2)
    await keep(acting, id, said(`t${at}`, words), [`turn ${id} t${at}`])
  })

const show: Act = (acting) =>
  using(acting, async (id) => {
    const at = number(acting)
    const record = await acting.life.store.open(id)
    const bytes = pngOf(8, 8, [at % 256, (at >> 8) % 256, 7])
    const pictures = await record.pictures.keep([{ name: 'a.png', bytes }])
    const [start, heard] = said(`t${at}`, `shown ${at}`) as [Change, Extract<Change, { type: 'words-heard' }>]
    const facts = [`turn ${id} t${at}`, ...pictures.map(({ digest }) => `picture ${id} ${digest}`)]
    await keep(acting, id, [start, { ...heard, pictures: [...pictures] }], facts)
  })

const rename: Act = (acting) =>
  using(acting, async (id) => {
    if (acting.ledger.places.get(id) !== 'list') return
    const record = await acting.life.store.open(id)
    const at = number(acting)
    await record.append([{ type: 'conversation-renamed', title: String(at) }])
    raise(acting.ledger, `title ${id}`, at)
  })

const work: Act = (acting) =>
  using(acting, async (id) => {
    if (acting.ledger.places.get(id) !== 'list') return
    const at = number(acting)
    // A task has one log open at a time.
    const log = await acting.life.taskLog(id, `task_${at}`)
    for (const step of [1, 2]) {
      await log.append({ type: 'added', text: `step ${step}` })
      acting.ledger.there.add(`task ${id} task_${at} ${step}`)
    }
    await log.close()
  })

const closeIt: Act = (acting) =>
  moving(acting, ['list'], async (id) => (await (await acting.life.store.open(id)).close(), 'list'))

const remove: Act = (acting) => moving(acting, ['list'], async (id) => (await acting.life.store.remove(id), 'trash'))

const restore: Act = (acting) => moving(acting, ['trash'], async (id) => (await acting.life.store.restore(id), 'list'))

const deleteForGood: Act = (acting) =>
  moving(acting, ['list', 'trash'], async (id) => {
    const { ledger } = acting
    const facts = [...ledger.there].filter(isOf(id))
    for (const fact of facts) ledger.there.delete(fact)
    ledger.halves.set(id, new Set(facts))
    await acting.life.store.deleteForGood(id)
    ledger.halves.delete(id)
    for (const fact of facts) ledger.gone.add(fact)
    return 'gone'
  })

const set: Act = async (acting) => {
  const at = number(acting)
  await acting.life.settings.change({ instructions: String(at) })
  raise(acting.ledger, 'setting', at)
}

const price: Act = async (acting) => {
  const model = `model-${number(acting)}`
  const none = { inputText: 1, cachedText: null, inputAudio: null, cachedAudio: null, outputText: 1, outputAudio: null }
  await acting.life.spending.setPrice(model, {
    ...none,
    inputImage: null,
    cachedImage: null,
    cacheWrite: null,
  } as never)
  acting.ledger.there.add(`price ${model}`)
}

const spend: Act = ({ life }) => {
  const none = { inputTextTokens: 1, inputAudioTokens: 0, cachedTokens: 0, outputTextTokens: 1, outputAudioTokens: 0 }
  life.spending.count('gpt-realtime', none as never)
  return Promise.resolve()
}

/** Adds something with a name of its own, or takes away one of those that are there. */
function either(
  what: string,
  add: (acting: Acting, name: string) => Promise<unknown>,
  take: (acting: Acting, name: string) => Promise<unknown>,
): Act {
  return async (acting) => {
    const { ledger, random } = acting
    const known = [...ledger.there].filter((fact) => fact.startsWith(`${what} `))
    const old = random() < 0.3 ? pick(random, known) : undefined
    if (old === undefined) {
      const name = `${what}-${number(acting)}`
      const called = (await add(acting, name)) ?? name
      ledger.there.add(`${what} ${called as string}`)
    } else {
      ledger.there.delete(old)
      await take(acting, old.slice(what.length + 1))
      ledger.gone.add(old)
    }
  }
}

const remind = either(
  'alarm',
  async ({ life }, text) => void (await life.alarms.add({ text, dueMs: life.clock.nowMs() + 1e9 })),
  ({ life }, text) => life.alarms.cancel(life.alarms.list().find((one) => one.text === text)?.id ?? ''),
)

const key = either(
  'key',
  ({ life }, name) => life.keys.set(name, `sk-${name}`, true),
  ({ life }, name) => life.keys.remove(name),
)

const pair = either(
  'device',
  async ({ life }, name) => (await life.link.add(name, ['read'])).device.id,
  ({ life }, id) => life.link.remove(id),
)

const note = either(
  'note',
  ({ life }, name) => life.useNotes('add_note', { text: `${name}.` }),
  ({ life }, name) => life.useNotes('remove_note', { words: `${name}.` }),
)

const port: Act = async (acting) => {
  const at = number(acting)
  await acting.life.link.keepPort(at)
  raise(acting.ledger, 'port', at)
}

const version: Act = async (acting) => {
  const at = number(acting)
  await acting.life.versions.keep(ownFile, Buffer.from(String(at)), 0o600)
  raise(acting.ledger, 'version', at)
}

const noteDown: Act = async (acting) => {
  const at = number(acting)
  const { noted, notebook } = acting.life
  noted.value = { ...noted.value, notes: [...noted.value.notes, { text: String(at), atMs: 1 }] }
  await notebook.save(noted.value)
  acting.ledger.there.add(`noted ${at}`)
}

const unwatched: Act = ({ life }) => {
  life.health.append({ type: 'live', atMs: life.clock.nowMs(), awayMs: null })
  life.crashes.write({
    version: '1',
    atMs: life.clock.nowMs(),
    kind: 'exception',
    name: 'Error',
    code: '',
    frames: [],
    platform: '',
    isFlushed: true,
  })
  return Promise.resolve()
}

const lookAround: Act = async ({ life }) => {
  await life.store.list()
  await life.store.expire()
}

const acts: readonly (readonly [act: Act, often: number])[] = [
  [say, 8],
  [show, 2],
  [rename, 1],
  [work, 2],
  [closeIt, 1],
  [remove, 1],
  [restore, 2],
  [deleteForGood, 1],
  [set, 1],
  [price, 1],
  [spend, 1],
  [remind, 1],
  [key, 1],
  [pair, 1],
  [port, 1],
  [note, 2],
  [version, 1],
  [noteDown, 2],
  [unwatched, 1],
  [lookAround, 1],
]
const drawn = acts.flatMap(([act, often]) => Array.from({ length: often }, () => act))

/** Three at a time, until it has been enough or the power goes. Never rejects. */
export async function act(life: Life, ledger: Ledger, random: Random, times: number): Promise<void> {
  const acting: Acting = { life, ledger, random, inUse: new Map() }
  const one = async (): Promise<void> => {
    for (let at = 0; at < times; at += 1) await (pick(random, drawn) ?? say)(acting)
  }
  // What fails, fails for want of power; the others then end in the same way.
  await Promise.allSettled([one(), one(), one()])
}
