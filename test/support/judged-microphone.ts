// A microphone beside which the real detector judges, as the sound process does it, fed by a test as fast as it likes.
import { createFramer } from '../../src/core/audio/framer.ts'
import { createEmitter } from '../../src/core/emitter.ts'
import { createSpeechWatch } from '../../src/main/audio/speech-watch.ts'
import { loadVoiceDetector } from '../../src/main/audio/voice-detector.ts'
import { modelsFolder } from '../../src/main/folders.ts'
import type { Microphone } from '../../src/main/ports.ts'

export interface JudgedMicrophone extends Pick<Microphone, 'onFrame' | 'speech'> {
  /** Resolves when all whole frames of it have been judged and given. */
  hear(samples: Int16Array): Promise<void>
}

/** @param loadDetector in place of the real one */
export function createJudgedMicrophone(loadDetector = () => loadVoiceDetector(modelsFolder, 1)): JudgedMicrophone {
  const events = createEmitter<{ frame: Int16Array; judged: readonly number[] | null }>()
  const loaded = loadDetector()
  const watch = createSpeechWatch({ loadDetector: () => loaded, onUnable: () => events.emit('judged', null) })
  const framer = createFramer()
  return {
    onFrame: (listen) => events.on('frame', listen),
    speech: { listen: watch.listen, onJudged: (listen) => events.on('judged', listen) },
    async hear(samples) {
      await loaded.catch(() => undefined)
      for (const frame of framer.push(samples)) {
        await watch.hear(frame)
        const speech = watch.take()
        if (speech !== undefined) events.emit('judged', speech)
        events.emit('frame', frame)
      }
    },
  }
}
