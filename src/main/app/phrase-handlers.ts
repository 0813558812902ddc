// What requests about the phrase do: judge one, and try it on the spot, with the microphone and what knows the phrase. While it is
// tried it opens nothing.
import type { Answers, ArgumentOf } from '../../core/ipc.ts'
import type { PhraseAnswers } from '../../core/phrase-requests.ts'
import { createNameListener, type NameListener } from '../audio/name-listener.ts'
import type { Undo } from '../ports.ts'
import type { AppOpts } from './app-opts.ts'
import type { AppParts } from './app-parts.ts'
import { RefusedRequest } from './reply.ts'

export type PhraseHandlers = {
  [Name in keyof PhraseAnswers]: (argument: ArgumentOf<Name>) => Promise<Answers[Name]>
}

const trialMs = 30_000

export function createPhraseHandlers(opts: AppOpts, { active, sound, tell }: AppParts): PhraseHandlers {
  const { hearing, clock } = opts
  let trial: { listener: NameListener; undo: Undo } | null = null

  function end(): void {
    trial?.undo()
    trial?.listener.stop()
    trial = null
    sound.tryMicrophone(false)
    active.companion()?.pauseNaming(false)
  }

  return {
    'judge-phrase': ({ phrase }) => hearing.view(phrase),
    async 'try-phrase'({ phrase }) {
      end()
      if (phrase === null) return null
      sound.tryMicrophone(true)
      const view = await sound.openMicrophone()
      if (view.type === 'missing') {
        end()
        throw new RefusedRequest('refused', view.message)
      }
      active.companion()?.pauseNaming(true)
      const listener = createNameListener({ microphone: sound.microphone, hearing })
      trial = { listener, undo: clock.after(trialMs, end) }
      listener.on('fit', (fit) => tell({ type: 'phrase-fit', fit }))
      listener.on('trouble', (message) => tell({ type: 'notice', level: 'note', message }))
      listener.listenFor(phrase)
      sound.microphone.speech?.listen(true)
      return null
    },
  }
}
