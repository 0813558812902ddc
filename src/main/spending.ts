// What today has cost, across conversations and restarts, and whether more may be spent. Counts what the records store;
// prices and what a sum means are core/spending's business.
import { join } from 'node:path'
import type { SpendingView } from '../core/agent/task.ts'
import type { Change, Usage } from '../core/conversation/change.ts'
import { createEmitter } from '../core/emitter.ts'
import type { KeptShape } from '../core/store/kept.ts'
import {
  addToDay,
  dayAmong,
  readDays,
  spendingOf,
  unpriced,
  withDay,
  type Day,
  type Limit,
} from '../core/spending/day.ts'
import type { Price } from '../core/spending/price.ts'
import {
  builtInPrices,
  ownPricesSchema,
  pricedModel,
  type PriceTable,
  type UsedModel,
  withSearch,
} from '../core/spending/prices.ts'
import type { Companion } from './companion.ts'
import type { Clock, Random, Undo } from './ports.ts'
import { diskFiles, type Files } from './store/files.ts'
import { openKeptFile } from './store/kept-file.ts'
import { replaceFile } from './store/replace-file.ts'
import { faultOf, StoreError } from './store/store-error.ts'
import { createTurns } from './store/turns.ts'

export interface Spending {
  view(): SpendingView
  /** Null while more may be spent by that part; else why not, one sentence with the next step. */
  refusal(part: 'voice' | 'agent'): string | null
  /** From now on a model costs that, for good. Throws StoreError when the disk won't, or the prices there can't be read. */
  setPrice(model: string, price: Price): Promise<void>
  /** @param model as prices name it (core/spending/prices.ts) */
  count(model: string, usage: Usage): void
  /** The limit was changed, or a new day may have begun. */
  look(): void
  onView(listen: (view: SpendingView) => void): Undo
  /** Once a day: most of the money is spent; one sentence, to be said aloud. */
  onWarning(listen: (message: string) => void): Undo
  /** The voice may spend no more, or may again. */
  onStopped(listen: (stopped: boolean) => void): Undo
  /** What was wrong with a file, one sentence; null when all was well. */
  readonly trouble: string | null
  stop(): Promise<void>
}

export interface SpendingOpts {
  folder: string
  clock: Clock
  random: Random
  limit: () => Limit
  files?: Files
  /** Hears what is wrong with a file, one sentence each. */
  tell?: (message: string) => void
}

export const spendingShape: KeptShape<readonly Day[]> = { version: 2, read: readDays, write: (days) => days }

const pricesName = 'prices.json'
/** A new day is noticed within this time also when nothing is spent. */
const lookEveryMs = 60_000

/** Never throws: without its files it begins at nothing and says so. */
export async function openSpending(opts: SpendingOpts): Promise<Spending> {
  const { clock, random, folder, files = diskFiles } = opts
  const events = createEmitter<{ view: SpendingView; warning: string; stopped: boolean }>()
  const troubles: string[] = []
  const prices = createTurns()
  let own: PriceTable | 'broken' | null = await readPrices()
  const file = await openKeptFile<readonly Day[]>({
    files,
    random,
    path: join(folder, 'spending.json'),
    name: 'The day’s costs',
    shape: spendingShape,
    first: [],
    ...(opts.tell ? { tell: opts.tell } : {}),
  })
  if (file.trouble !== null) troubles.push(file.trouble)
  /** Ahead of the file by what is on its way to the disk. */
  let days = file.value()
  let day = dayAmong(days, today())
  let isKept = true
  let wasStopped = false
  let undoLook: Undo = () => undefined

  function today(): string {
    const at = new Date(clock.nowMs())
    const two = (part: number): string => String(part).padStart(2, '0')
    return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  }

  async function readPrices(): Promise<PriceTable | 'broken' | null> {
    const known = troubles.length
    const stored = await readJson(pricesName)
    if (troubles.length > known) return 'broken'
    if (stored === null) return null
    const read = ownPricesSchema.safeParse(stored)
    if (read.success) return read.data
    trouble('The prices in prices.json can’t be used, so the built-in ones are. Check its fields.')
    return 'broken'
  }

  const tables = (): PriceTable[] => (own === null || own === 'broken' ? [builtInPrices] : [own, builtInPrices])

  /** One after another: each writes all of them. */
  function setPrice(model: string, price: Price): Promise<void> {
    return prices.inTurn(pricesName, () => putPrice(model, price))
  }

  async function putPrice(model: string, price: Price): Promise<void> {
    if (own === 'broken')
      throw new StoreError('refused', 'prices.json in the data folder can’t be read. Mend it or take it away first.')
    const next = { dated: today(), models: { ...own?.models, [model]: withSearch(model, price) } }
    try {
      await files.makeFolder(folder)
      await replaceFile(files, random, join(folder, pricesName), Buffer.from(`${JSON.stringify(next, null, 2)}\n`))
    } catch (error) {
      throw new StoreError(
        'refused',
        `The price could not be saved (${faultOf(error)}). Free some space and try again.`,
      )
    }
    own = next
    look()
  }

  /** Null also for a file that can't be read as JSON. */
  async function readJson(name: string): Promise<unknown> {
    try {
      const bytes = await files.read(join(folder, name))
      return bytes === null ? null : JSON.parse(Buffer.from(bytes).toString('utf8'))
    } catch {
      trouble(`${name} can’t be read.`)
      return null
    }
  }

  function trouble(message: string): void {
    troubles.push(message)
    opts.tell?.(message)
  }

  const view = (): SpendingView => spendingOf(day, opts.limit(), tables())

  function refusal(part: 'voice' | 'agent'): string | null {
    const { state, capUsd } = view()
    if (state === 'stopped')
      return `Today’s limit of ${dollars(capUsd ?? 0)} is used up. Raise it in the settings, or go on tomorrow.`
    const isPart = part === 'agent' ? isAgents : isVoices
    const [first] = unpriced(opts.limit(), tables()).filter(isPart)
    return first === undefined ? null : unpricedSentence(first.name, capUsd ?? 0)
  }

  function put(next: Day): void {
    if (next === day) return
    day = next
    days = withDay(days, next)
    const kept = days
    // The records hold every token as well: a day that could not be saved is counted short, and nothing else is lost.
    file
      .change(() => kept)
      .then(
        () => void (isKept = true),
        () => {
          if (isKept) opts.tell?.('What today costs can’t be saved; until then it is counted in memory alone.')
          isKept = false
        },
      )
  }

  function begin(): void {
    const date = today()
    if (day.date !== date) day = dayAmong(days, date)
  }

  function look(): void {
    begin()
    const now = view()
    if (now.state === 'warned' && !day.isWarned) {
      put({ ...day, isWarned: true })
      events.emit('warning', `You have used ${shareOf(now)} of today’s limit of ${dollars(now.capUsd ?? 0)}.`)
    }
    events.emit('view', now)
    const isStopped = refusal('voice') !== null
    if (isStopped !== wasStopped) events.emit('stopped', isStopped)
    wasStopped = isStopped
  }

  function tick(): void {
    undoLook = clock.after(lookEveryMs, () => {
      look()
      tick()
    })
  }
  look()
  tick()

  return {
    view,
    refusal,
    setPrice,
    count(model, usage) {
      begin()
      put(addToDay(day, model, usage))
      look()
    },
    look,
    onView: (listen) => events.on('view', listen),
    onWarning: (listen) => events.on('warning', listen),
    onStopped: (listen) => events.on('stopped', listen),
    trouble: troubles.length === 0 ? null : troubles.join(' '),
    async stop() {
      undoLook()
      await file.settled()
    },
  }
}

/** Counts a change that a record has stored, at the prices of where it was spent. */
export function countStored(spending: Spending, change: Change, endpoint: { name: string; model: string }): void {
  if (change.type !== 'tokens-used') return
  spending.count(pricedModel(endpoint.name, change.model ?? endpoint.model), change.usage)
}

const isAgents = ({ does }: UsedModel): boolean => does === 'agent' || does === 'searching agent'
const isVoices = (used: UsedModel): boolean => !isAgents(used)

/** @param capUsd the limit of a day */
export function unpricedSentence(model: string, capUsd: number): string {
  return `Nobody knows what “${model}” costs, so the limit of ${dollars(capUsd)} a day can’t be kept with it. Enter its price in the settings, or allow it without one.`
}

function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`
}

function shareOf({ todayUsd, capUsd }: SpendingView): string {
  return `${Math.round(((todayUsd ?? 0) / (capUsd ?? 1)) * 100)} %`
}

/**
 * Has the voice say the warning of the day, and begins its line anew when the limit is reached or lifted: whether it may
 * go on is decided where the address is asked for.
 */
export function followSpending(spending: Spending, companion: () => Spender | null): Undo {
  const undos = [
    spending.onWarning((output) =>
      companion()?.tell({ name: 'spending_warning', arguments: '{}', output, aloud: true }),
    ),
    spending.onStopped(() => companion()?.reopen()),
  ]
  return () => {
    for (const undo of undos) undo()
  }
}

type Spender = Pick<Companion, 'tell' | 'reopen'>
