// A worker thread as one function: ask it, get the answer. Heavy synchronous work (the voice, the recogniser) runs in such
// threads, so that the process's own loop keeps serving.
import { extname } from 'node:path'
import { Worker, parentPort } from 'node:worker_threads'

export interface Thread<Question, Answer> {
  /** Answers come in the order of the questions unless the thread serves several at once. */
  ask(question: Question, transfer?: ArrayBuffer[]): Promise<Answer>
  /** A word to the thread that has no answer. */
  tell(note: Question): void
  /** Resolves when the thread is gone. Open questions are rejected. */
  close(): Promise<void>
}

type ToThread<Question> =
  { type: 'ask'; id: number; question: Question } | { type: 'tell'; note: Question } | { type: 'close' }
type FromThread<Answer> = { id: number; answer: Answer } | { id: number; error: string }

/** Built, the thread's file lies beside the bundle under the same name. From source it is TypeScript and needs a loader. */
function startWorker(name: string, beside: string, workerData: object): Worker {
  const extension = extname(beside)
  const file = new URL(`./${name}${extension}`, beside)
  if (extension !== '.ts') return new Worker(file, { workerData })
  const threadFile = file.href
  return new Worker(new URL('./thread-from-source.mjs', import.meta.url), {
    workerData: { ...workerData, threadFile },
    execArgv: [],
  })
}

/**
 * @param name of the thread's file, without its extension
 * @param beside address of a file in the same folder
 */
export function openThread<Question, Answer>(
  name: string,
  beside: string,
  workerData: object,
): Thread<Question, Answer> {
  const worker = startWorker(name, beside, workerData)
  const open = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
  let nextId = 0
  let ended: Error | null = null
  const exited = new Promise<void>((resolve) => {
    const end = (error: Error): void => {
      ended ??= error
      for (const { reject } of open.values()) reject(ended)
      open.clear()
    }
    worker.once('error', (cause) => end(new Error(`The ${name} stopped.`, { cause })))
    worker.once('exit', () => {
      end(new Error(`The ${name} is closed.`))
      resolve()
    })
  })
  worker.on('message', (message: FromThread<Answer>) => {
    const asked = open.get(message.id)
    open.delete(message.id)
    if ('error' in message) asked?.reject(new Error(message.error))
    else asked?.resolve(message.answer)
  })
  const post = (message: ToThread<Question>, transfer: ArrayBuffer[] = []): void =>
    worker.postMessage(message, transfer)
  return {
    ask(question, transfer) {
      if (ended) return Promise.reject(ended)
      const id = nextId++
      return new Promise((resolve, reject) => {
        open.set(id, { resolve, reject })
        post({ type: 'ask', id, question }, transfer)
      })
    },
    tell: (note) => post({ type: 'tell', note }),
    close() {
      post({ type: 'close' })
      return exited
    },
  }
}

/** The other side: call once in the thread's file. `answer` may return buffers to hand over instead of copying. */
export function serveThread<Question>(serve: {
  answer(question: Question): Promise<{ answer: unknown; transfer?: ArrayBuffer[] }>
  hear?(note: Question): void
  close(): Promise<void>
}): void {
  const port = parentPort
  if (!port) throw new Error('This file runs as a thread.')
  port.on('message', (message: ToThread<Question>) => {
    switch (message.type) {
      case 'ask':
        serve.answer(message.question).then(
          ({ answer, transfer }) => port.postMessage({ id: message.id, answer }, transfer ?? []),
          (error: unknown) =>
            port.postMessage({ id: message.id, error: error instanceof Error ? error.message : String(error) }),
        )
        return
      case 'tell':
        serve.hear?.(message.note)
        return
      case 'close':
        void serve.close().finally(() => port.close())
        return
    }
  })
}
