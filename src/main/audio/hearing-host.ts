// The process that knows a phrase when it hears one: the recogniser beside the phrase that it is asked about, one question after
// the other. It is there only while somebody may call (hearing.ts), keeps nothing and tells no words.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { loadMoonshine, type Moonshine } from '../../speech/moonshine.ts'
import { createPhrase, type Phrase } from '../../speech/phrase.ts'
import { openChannel, type Channel } from '../channel.ts'
import { modelsFolder } from '../folders.ts'
import type { FromHearing, ToHearing } from './hearing-messages.ts'

const channel = openChannel<FromHearing, ToHearing>()
if (channel) serve(channel)

function serve(to: Channel<FromHearing, ToHearing>): void {
  const phrases = new Map<string, Phrase>()
  const loading = load()
  // Told to whoever asks.
  loading.catch(() => undefined)
  let last: Promise<void> = Promise.resolve()

  async function load(): Promise<{ moonshine: Moonshine; common: ReadonlySet<string> }> {
    const words = readFile(join(modelsFolder, '..', 'sentence-end.json'), 'utf8')
    const moonshine = await loadMoonshine(join(modelsFolder, 'base'), 1)
    return {
      moonshine,
      common: new Set(
        Object.keys(z.object({ bi: z.record(z.string(), z.number()) }).parse(JSON.parse(await words)).bi),
      ),
    }
  }

  async function answer(question: ToHearing): Promise<FromHearing> {
    const { moonshine, common } = await loading
    const phrase = phrases.get(question.phrase) ?? createPhrase(question.phrase, common)
    if (!phrases.has(question.phrase)) phrases.clear()
    phrases.set(question.phrase, phrase)
    if (question.type === 'view') return { type: 'view', id: question.id, ...phrase.view() }
    return { type: 'fit', id: question.id, ...(await phrase.judge(await moonshine.hear(question.samples))) }
  }

  to.onMessage((question) => {
    last = last.then(async () => {
      try {
        to.post(await answer(question))
      } catch (error) {
        to.post({ type: 'failed', id: question.id, message: error instanceof Error ? error.message : String(error) })
      }
    })
  })
  // The recogniser's native threads abort a process that ends under them in order.
  to.onClosed(() => process.kill(process.pid, 'SIGKILL'))
}
