// The worker process: does for main what strangers' pages, folders and sums may make slow or large. It has no environment and
// no key, does one job after the other, and is ended from outside when it takes too much.
import { writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { workLimits } from '../../../core/agent/limits.ts'
import { openChannel } from '../../channel.ts'
import { article } from './article.ts'
import type { AnsweredJob, AskedJob, Done, Job } from './jobs.ts'
import { search } from './search.ts'
import { sum } from './sum.ts'
import { list } from './walk.ts'

const channel = openChannel<AnsweredJob, AskedJob>()
if (channel) {
  setFlagsFromString(`--max-old-space-size=${workLimits.heapMb}`)
  giveWay()
  preferToBeEnded()
  endWithMain()
  channel.onMessage(({ id, job }) => {
    void work(job)
      .catch((error: unknown): Done => ({
        type: 'refused',
        why: error instanceof Error ? error.message.slice(0, 300) : 'It did not work.',
      }))
      .then((done) => channel.post({ id, done }))
  })
  channel.onClosed(() => process.exit())
}

async function work(job: Job): Promise<Done> {
  switch (job.type) {
    case 'sum':
      return { type: 'sum', result: await sum(job.expression) }
    case 'article':
      return { type: 'article', article: await article(job.html) }
    case 'list':
      return { type: 'list', listing: await list(job.place, job.deep, job.sort) }
    case 'search':
      return { type: 'search', found: await search(job.place, job.words) }
  }
}

/** Whatever a stranger has us work on, sound and main come first. */
function giveWay(): void {
  try {
    setPriority(constants.priority.PRIORITY_LOW)
  } catch {
    // Not every system allows it.
  }
}

/** When the whole computer runs short of memory, Linux ends this process first. */
function preferToBeEnded(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000')
  } catch {
    // Another system, or it does not allow it.
  }
}

/** A sum without an end hears no message: a thread looks whether main is still there. */
function endWithMain(): void {
  const watch = `const first = process.ppid
    setInterval(() => process.ppid === first || process.kill(process.pid, 'SIGKILL'), 1000)`
  new Worker(watch, { eval: true, env: {}, execArgv: [] }).unref()
}
