// Has done in a process of its own what strangers' pages and folders and models' sums may make slow or large. It works within a
// time and a memory, and is thrown away when it exceeds them: a process that runs out of memory takes nothing else along.
import { readFile } from 'node:fs/promises'
import { workLimits } from '../../../core/agent/limits.ts'
import type { Clock } from '../../ports.ts'
import { ToolError } from '../tool.ts'
import type { AnsweredJob, Article, Done, Found, Job, Listing, Order, WalkedPlace } from '../work/jobs.ts'
import { forkWork, type StartWork, type WorkProcess } from '../work/process.ts'

/** Each rejects with ToolError when it can't be done within the bounds, or when the signal is aborted. */
export interface Workbench {
  sum(expression: string, signal: AbortSignal): Promise<string>
  article(html: string, signal: AbortSignal): Promise<Article>
  list(place: WalkedPlace, how: { deep: boolean; sort: Order }, signal: AbortSignal): Promise<Listing>
  /** @param words in lower case */
  search(place: WalkedPlace, words: string, signal: AbortSignal): Promise<Found[]>
  /** Of the process that works now. */
  pid(): number | null
  close(): void
}

interface Waiting {
  settle(done: Done): void
  fail(why: string): void
}

export function createWorkbench(opts: { clock: Clock; start?: StartWork }): Workbench {
  const { clock, start = forkWork } = opts
  let worker: WorkProcess | null = null
  let waiting: (Waiting & { id: number; on: WorkProcess }) | null = null
  let last: Promise<unknown> = Promise.resolve()
  let ids = 0

  function current(): WorkProcess {
    if (worker) return worker
    const started = start()
    started.onMessage(({ id, done }: AnsweredJob) => {
      if (waiting?.on === started && waiting.id === id) waiting.settle(done)
    })
    started.onExit(() => {
      if (worker === started) worker = null
      if (waiting?.on === started) waiting.fail('It was too much.')
    })
    worker = started
    return started
  }

  function discard(process: WorkProcess): void {
    if (worker === process) worker = null
    process.kill()
  }

  /** One job at a time: a process has one pair of hands. */
  function work(job: Job, signal: AbortSignal): Promise<Done> {
    const done = last.then(() => workNow(job, signal))
    last = done.catch(() => undefined)
    return done
  }

  async function workNow(job: Job, signal: AbortSignal): Promise<Done> {
    signal.throwIfAborted()
    const process = current()
    const id = ++ids
    const ending = new AbortController()
    try {
      return await new Promise<Done>((resolve, reject) => {
        const fail = (why: string): void => {
          reject(new ToolError(why))
          discard(process)
        }
        waiting = { id, on: process, settle: resolve, fail }
        const stop = (): void => fail('It was cancelled.')
        const undo = clock.after(workLimits.jobMs, () => fail('It took too long.'))
        signal.addEventListener('abort', stop)
        ending.signal.addEventListener('abort', () => {
          undo()
          signal.removeEventListener('abort', stop)
        })
        process.post({ id, job })
        watchMemory(process.pid, ending.signal, () => fail('It was too much.'))
      })
    } finally {
      waiting = null
      ending.abort()
    }
  }

  return {
    async sum(expression, signal) {
      const done = await work({ type: 'sum', expression }, signal)
      if (done.type !== 'sum') throw refusal(done)
      return done.result
    },
    async article(html, signal) {
      const done = await work({ type: 'article', html }, signal)
      if (done.type !== 'article') throw refusal(done)
      return done.article
    },
    async list(place, how, signal) {
      const done = await work({ type: 'list', place, ...how }, signal)
      if (done.type !== 'list') throw refusal(done)
      return done.listing
    },
    async search(place, words, signal) {
      const done = await work({ type: 'search', place, words }, signal)
      if (done.type !== 'search') throw refusal(done)
      return done.found
    },
    pid: () => worker?.pid ?? null,
    close() {
      if (worker) discard(worker)
    },
  }
}

function refusal(done: Done): ToolError {
  return new ToolError(done.type === 'refused' ? done.why : 'It did not work.')
}

const lookEveryMs = 50
const pageBytes = 4_096

/** The heap's limit does not count what lies outside of it, such as buffers. Only Linux tells; real time, since memory is real. */
function watchMemory(pid: number | undefined, until: AbortSignal, exceeded: () => void): void {
  if (pid === undefined || process.platform !== 'linux') return
  const timer = setInterval(() => {
    void readFile(`/proc/${pid}/statm`, 'utf8').then(
      (text) => {
        const resident = Number(text.split(' ')[1]) * pageBytes
        if (!until.aborted && resident > workLimits.processBytes) exceeded()
      },
      () => undefined,
    )
  }, lookEveryMs)
  timer.unref()
  until.addEventListener('abort', () => clearInterval(timer))
}
