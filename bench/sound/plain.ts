// The yardstick: naudiodon as its own documentation uses it, streams with their stock settings; and its addon used with the
// buffers that Parley opens, in this process, with nothing between.
import { createRequire } from 'node:module'
import type { Readable, Writable } from 'node:stream'
import { bytesToSamples, samplesToBytes } from '../../src/core/audio/pcm.ts'
import { loadSoundAddon, openInput, openOutput } from '../../src/main/audio/device.ts'

export interface Path {
  /** 24 kHz mono, to be played from now on. */
  write(samples: Int16Array): void
  onFrame(listen: (samples: Int16Array) => void): void
  close(): Promise<void>
}

/** Takes what is given in pieces, and silence where nothing is. */
function feed(piece: number) {
  let waiting = new Int16Array(0)
  return {
    give: (samples: Int16Array) => void (waiting = Int16Array.from([...waiting, ...samples])),
    take() {
      const taken = new Int16Array(piece)
      taken.set(waiting.subarray(0, piece))
      waiting = waiting.subarray(piece)
      return taken
    },
  }
}

export async function openSameBuffers(microphone: string): Promise<Path> {
  const output = await openWriter()
  const input = await openInput(loadSoundAddon(), microphone)
  const listeners: ((samples: Int16Array) => void)[] = []
  const stream = { isOpen: true }
  const reading = (async () => {
    for (let read = await input.read(1); stream.isOpen && read !== null; read = await input.read(1))
      for (const listen of listeners) listen(read)
  })()
  return {
    write: output.write,
    onFrame: (listen) => void listeners.push(listen),
    async close() {
      stream.isOpen = false
      await reading
      await input.close()
      await output.close()
    },
  }
}

/** The speaker alone. */
export async function openWriter(): Promise<Omit<Path, 'onFrame'>> {
  const output = await openOutput(loadSoundAddon(), null)
  const queue = feed(240)
  const stream = { isOpen: true }
  const playing = (async () => {
    while (stream.isOpen) await output.write(queue.take())
  })()
  return {
    write: queue.give,
    async close() {
      stream.isOpen = false
      await playing
      await output.close()
    },
  }
}

interface StockStream {
  start(): void
  quit(): Promise<void>
}

export function openStock(microphone: string): Path {
  const require = createRequire(import.meta.url)
  const { AudioIO } = require('naudiodon') as { AudioIO: (options: object) => StockStream & Readable & Writable }
  const common = { channelCount: 1, sampleFormat: 16, sampleRate: 24_000, closeOnError: false }
  const id = loadSoundAddon()
    .getDevices()
    .find(({ name }) => name.includes(microphone))?.id
  const input: StockStream & Readable = AudioIO({ inOptions: { ...common, deviceId: id } })
  const output: StockStream & Writable = AudioIO({ outOptions: { ...common, deviceId: -1 } })
  // What does not wait for the stream's own word is what it holds back by itself, so it is waited for.
  const queue = feed(480)
  let isOpen = true
  const pump = (): void => {
    while (isOpen && output.write(Buffer.from(samplesToBytes(queue.take()))));
    if (isOpen) output.once('drain', pump)
  }
  input.start()
  output.start()
  pump()
  return {
    write: queue.give,
    onFrame: (listen) => void input.on('data', (bytes: Buffer) => listen(bytesToSamples(bytes))),
    async close() {
      isOpen = false
      await Promise.all([input.quit(), output.quit()])
    },
  }
}
