// One recogniser for all speech inputs: a queue in order of urgency, one read at a time. Somebody waiting for an answer goes
// before a caption, and a caption being read gives way.
import { join } from 'node:path'
import type { Reading } from './moonshine.ts'
import type { RecognitionQuestion } from './recognition-thread.ts'
import { openThread, type Thread } from './thread.ts'

/** `turn`: a turn has ended or may have. `caption`: words while somebody is still speaking. */
export type Urgency = 'turn' | 'caption'

export interface ReadRequest {
  /** 16 kHz mono PCM16; they belong to the recogniser from here on. */
  samples: Int16Array<ArrayBuffer>
  /** Tokens read from a shorter part of the same audio, as far as there are any. */
  draft: readonly number[]
  urgency: Urgency
  signal: AbortSignal
}

export interface Recogniser {
  /** @returns null when the signal came first, when a caption gave way to a turn, or after `close` */
  read(request: ReadRequest): Promise<Reading | null>
  close(): Promise<void>
}

export type RecognitionThread = Pick<Thread<RecognitionQuestion, Reading | null>, 'ask' | 'tell' | 'close'>

interface Job extends ReadRequest {
  id: number
  /** Aborted when the job is over, so that nobody listens to its signal any longer. */
  done: AbortController
  resolve: (transcript: Reading | null) => void
  reject: (error: unknown) => void
}

/** The queue alone, over any thread that reads. */
export function createRecogniser(thread: RecognitionThread): Recogniser {
  const waiting: Job[] = []
  let running: Job | null = null
  let nextId = 0
  let closed = false

  async function runAll(): Promise<void> {
    while (!running) {
      const urgent = waiting.findIndex((job) => job.urgency === 'turn')
      const job = waiting.splice(Math.max(0, urgent), 1)[0]
      if (!job) return
      running = job
      try {
        job.resolve(
          await thread.ask({ type: 'read', id: job.id, samples: job.samples, draft: job.draft }, [job.samples.buffer]),
        )
      } catch (error) {
        job.reject(error)
      }
      job.done.abort()
      running = null
    }
  }

  function drop(job: Job): void {
    const at = waiting.indexOf(job)
    if (at >= 0) waiting.splice(at, 1)
    else if (running === job) thread.tell({ type: 'abort', id: job.id })
    job.done.abort()
    job.resolve(null)
  }

  return {
    read(request) {
      if (closed || request.signal.aborted) return Promise.resolve(null)
      return new Promise((resolve, reject) => {
        const job: Job = { ...request, id: nextId++, done: new AbortController(), resolve, reject }
        request.signal.addEventListener('abort', () => drop(job), { once: true, signal: job.done.signal })
        waiting.push(job)
        if (request.urgency === 'turn' && running?.urgency === 'caption') drop(running)
        void runAll()
      })
    },
    async close() {
      closed = true
      for (const job of [...waiting, ...(running ? [running] : [])]) drop(job)
      await thread.close()
    },
  }
}

/**
 * Resolves when the model is loaded and warm.
 * @param modelsDir as scripts/models.mjs fills it
 */
export async function openRecogniser(opts: {
  modelsDir: string
  model: 'base' | 'tiny'
  threads: number
}): Promise<Recogniser> {
  const modelDir = join(opts.modelsDir, opts.model)
  const thread = openThread<RecognitionQuestion, Reading | null>('recognition-thread', import.meta.url, {
    modelDir,
    threads: opts.threads,
  })
  await thread.ask({ type: 'load' })
  return createRecogniser(thread)
}
