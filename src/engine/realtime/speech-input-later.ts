// A speech input that can be used before the models are loaded: it remembers what it is told and hands it on, in order.
import { createEmitter } from '../../core/emitter.ts'
import type { SpeechInput, SpeechInputEvents, TurnRule } from '../ports.ts'

/** @param coming resolves with the real input; when it fails, `read` and `settled` fail with it and nothing is heard */
export function createSpeechInputLater(coming: Promise<SpeechInput>): SpeechInput {
  const events = createEmitter<SpeechInputEvents>()
  let input: SpeechInput | null = null
  let closed = false
  let waiting: ((real: SpeechInput) => void)[] = []

  const arrived = coming.then((real) => {
    if (closed) return real.close()
    input = real
    real.on('started', (event) => events.emit('started', event))
    real.on('stopped', (event) => events.emit('stopped', event))
    real.on('partial', (event) => events.emit('partial', event))
    for (const act of waiting) act(real)
    waiting = []
  })
  // The failure is told to whoever asks for words.
  arrived.catch(() => undefined)

  function tell(act: (real: SpeechInput) => void): void {
    if (closed) return
    if (input) act(input)
    else waiting.push(act)
  }

  async function ask<T>(act: (real: SpeechInput) => Promise<T>): Promise<T> {
    await arrived
    if (!input) throw new Error('The speech input was closed before it could hear.')
    return act(input)
  }

  return {
    hear: (samples) => tell((real) => real.hear(samples)),
    follow: (rule: TurnRule) => tell((real) => real.follow(rule)),
    read: (fromMs, toMs) => ask((real) => real.read(fromMs, toMs)),
    settled: () => ask((real) => real.settled()),
    on: (name, listen) => events.on(name, listen),
    close() {
      closed = true
      waiting = []
      events.clear()
      input?.close()
    },
  }
}
