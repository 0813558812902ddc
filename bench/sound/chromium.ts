// The other yardstick: what a page can do, Chromium's getUserMedia with an AudioWorklet, on the same virtual card, with its own
// echo cancellation and without.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import { chromiumPath } from '../../test/support/chromium-path.ts'

export interface ChromiumRoundTrips {
  /** In ms, from the start of a tone in the page to the message with its first loud sample. Null: not measured, and why. */
  on: number[] | null
  off: number[] | null
  why: string
}

export async function chromiumRoundTrips(times: number): Promise<ChromiumRoundTrips> {
  // A microphone is given to pages of this computer alone.
  const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html>'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  try {
    const browser = await chromium.launch({
      ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
      args: [
        '--no-sandbox',
        '--use-fake-ui-for-media-stream',
        '--autoplay-policy=no-user-gesture-required',
        '--disable-features=AudioServiceSandbox',
      ],
      ignoreDefaultArgs: ['--mute-audio'],
    })
    try {
      const page = await browser.newPage()
      // What compiles this file names each function by a helper that the page does not have.
      await page.addInitScript('globalThis.__name = (one) => one')
      await page.goto(address)
      const of = (cancels: boolean): Promise<number[]> => page.evaluate(roundTrips, { cancels, times })
      const [off, on] = [await of(false), await of(true)]
      const why = 'nothing came through'
      return { on: on.length > 0 ? on : null, off: off.length > 0 ? off : null, why }
    } finally {
      await browser.close()
    }
  } catch (error) {
    const why = `not measured: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`
    return { on: null, off: null, why }
  } finally {
    server.close()
  }
}

/** Runs in the page. */
async function roundTrips({ cancels, times }: { cancels: boolean; times: number }): Promise<number[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  const monitor = devices.find(({ kind, label }) => kind === 'audioinput' && /monitor/i.test(label))
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: {
      echoCancellation: cancels,
      noiseSuppression: cancels,
      autoGainControl: false,
      ...(monitor === undefined ? {} : { deviceId: { exact: monitor.deviceId } }),
    },
  })
  const context = new AudioContext({ sampleRate: 24_000, latencyHint: 'interactive' })
  const source = `registerProcessor('tap', class extends AudioWorkletProcessor {
    process([input]) { if (input[0]) this.port.postMessage(Math.max(...input[0].map(Math.abs))); return true }
  })`
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
  const tap = new AudioWorkletNode(context, 'tap')
  context.createMediaStreamSource(stream).connect(tap)
  let awaited: { sinceMs: number; heard: () => void } | null = null
  const tookMs: number[] = []
  tap.port.onmessage = ({ data }: MessageEvent<number>) => {
    if (awaited === null || data < 0.03) return
    tookMs.push(performance.now() - awaited.sinceMs)
    awaited.heard()
    awaited = null
  }
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
  await wait(1_500)
  for (let time = 0; time < times; time++) {
    await wait(300 + ((time * 37) % 100) / 4)
    const buffer = context.createBuffer(1, 1_440, 24_000)
    buffer.getChannelData(0).forEach((_, at, all) => (all[at] = 0.5 * Math.sin((2 * Math.PI * at) / 24)))
    const player = context.createBufferSource()
    player.buffer = buffer
    player.connect(context.destination)
    const heard = new Promise<void>((resolve) => (awaited = { sinceMs: performance.now(), heard: resolve }))
    player.start()
    await Promise.race([heard, wait(1_000)])
    awaited = null
  }
  for (const track of stream.getTracks()) track.stop()
  await context.close()
  return tookMs
}
