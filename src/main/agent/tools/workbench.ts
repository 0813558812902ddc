// A thread for what strangers' pages and models' sums may make slow or large: it works beside the sound, within a time and a
// memory of its own, and is thrown away when it exceeds them.
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Clock } from '../../ports.ts'
import { ToolError } from '../tool.ts'

export type Job = { type: 'sum'; expression: string } | { type: 'article'; html: string }

export interface Article {
  title: string
  text: string
}

export type Done =
  { type: 'sum'; result: string } | { type: 'article'; article: Article } | { type: 'refused'; why: string }

export interface Workbench {
  /** Rejects with ToolError when it can't be done within the bounds, or when the signal is aborted. */
  sum(expression: string, signal: AbortSignal): Promise<string>
  article(html: string, signal: AbortSignal): Promise<Article>
  close(): Promise<void>
}

const jobMs = 15_000
const memoryMb = 256

export function createWorkbench({ clock }: { clock: Clock }): Workbench {
  let worker: Worker | null = null
  let last: Promise<unknown> = Promise.resolve()

  function current(): Worker {
    if (worker) return worker
    const started = startWorker()
    // Nobody waits for it at the end.
    started.unref()
    started.once('exit', () => {
      if (worker === started) worker = null
    })
    worker = started
    return started
  }

  /** One job at a time: a thread has one pair of hands. */
  function work(job: Job, signal: AbortSignal): Promise<Done> {
    const done = last.then(() => workNow(job, signal))
    last = done.catch(() => undefined)
    return done
  }

  async function workNow(job: Job, signal: AbortSignal): Promise<Done> {
    signal.throwIfAborted()
    const thread = current()
    const ending = new AbortController()
    try {
      return await new Promise<Done>((resolve, reject) => {
        const giveUp = (why: string): void => {
          reject(new ToolError(why))
          // It takes a moment to end, and the next job must not be given to it.
          if (worker === thread) worker = null
          void thread.terminate()
        }
        const undo = clock.after(jobMs, () => giveUp('It took too long.'))
        const stop = (): void => giveUp('It was cancelled.')
        const fail = (): void => giveUp('It was too much.')
        thread.once('message', resolve)
        thread.once('error', fail)
        thread.once('exit', fail)
        signal.addEventListener('abort', stop)
        ending.signal.addEventListener('abort', () => {
          undo()
          thread.off('message', resolve).off('error', fail).off('exit', fail)
          signal.removeEventListener('abort', stop)
        })
        thread.postMessage(job)
      })
    } finally {
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
    async close() {
      await worker?.terminate()
    },
  }
}

function refusal(done: Done): ToolError {
  return new ToolError(done.type === 'refused' ? done.why : 'It did not work.')
}

/** Built, the thread's file lies beside the bundle under the same name. From source it is TypeScript and needs a loader. */
function startWorker(): Worker {
  const extension = extname(import.meta.url)
  const file = new URL(`./workbench-thread${extension}`, import.meta.url)
  const bounds = { resourceLimits: { maxOldGenerationSizeMb: memoryMb }, env: {}, execArgv: [] }
  if (extension !== '.ts') return new Worker(file, bounds)
  return new Worker(new URL('./workbench-from-source.mjs', import.meta.url), {
    ...bounds,
    workerData: { threadFile: file.href },
  })
}
