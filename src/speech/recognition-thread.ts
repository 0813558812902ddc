// The thread that recognises: 16 kHz samples in, words out, one at a time. A note aborts the one being read.
import { workerData } from 'node:worker_threads'
import { loadMoonshine } from './moonshine.ts'
import { serveThread } from './thread.ts'

/** Null instead of a transcript means aborted. */
export type RecognitionQuestion =
  | { type: 'load' }
  | { type: 'read'; id: number; samples: Int16Array; draft: readonly number[] }
  | { type: 'abort'; id: number }

const { modelDir, threads } = workerData as { modelDir: string; threads: number }
const loading = loadMoonshine(modelDir, threads)
// A failed load is told to whoever asks; it must not end the thread before that.
loading.catch(() => undefined)
let abortedId = -1

serveThread<RecognitionQuestion>({
  async answer(question) {
    const moonshine = await loading
    if (question.type !== 'read') return { answer: null }
    return {
      answer: await moonshine.read(question.samples, {
        draft: question.draft,
        isAborted: () => abortedId === question.id,
      }),
    }
  },
  hear(note) {
    if (note.type === 'abort') abortedId = note.id
  },
  close: async () => (await loading).close(),
})
