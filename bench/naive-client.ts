// The client that Parley is measured against: it waits 1, 2, 4 … seconds between attempts whatever happens around it, creates
// each item when the one before is acknowledged, and then asks.
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { decodeBase64 } from '../src/main/base64.ts'
import { bytesToSamples } from '../src/core/audio/pcm.ts'
import type { Speaker } from '../src/main/ports.ts'
import { tokenForTests } from '../test/support/realtime-client.ts'

const firstWaitMs = 1_000

/** Begins when the line has just been lost. Resolves to its socket when it has asked. */
export async function askOverNaiveClient(opts: {
  url: string
  speaker: Speaker
  texts: readonly string[]
  item: string
}): Promise<WebSocket> {
  for (let waitMs = firstWaitMs; ; waitMs *= 2) {
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    const socket = new WebSocket(`${opts.url}/realtime?model=parley-embedded`, {
      headers: { Authorization: `Bearer ${tokenForTests}` },
      perMessageDeflate: false,
    })
    socket.on('error', () => undefined)
    const isOpen = await Promise.race([
      once(socket, 'open').then(() => true),
      new Promise<false>((resolve) => socket.on('close', () => resolve(false))),
    ]).catch(() => false)
    if (!isOpen) continue
    await ask(socket, opts)
    return socket
  }
}

async function ask(
  socket: WebSocket,
  { speaker, texts, item }: { speaker: Speaker; texts: readonly string[]; item: string },
): Promise<void> {
  const waiting = new Map<string, () => void>()
  socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString()) as { type: string; delta?: string }
    if (event.type === 'response.output_audio.delta' && event.delta !== undefined)
      speaker.play(item, bytesToSamples(decodeBase64(event.delta)))
    waiting.get(event.type)?.()
  })
  const answered = (event: Record<string, unknown>, by: string): Promise<void> =>
    new Promise((resolve) => {
      waiting.set(by, resolve)
      socket.send(JSON.stringify(event))
    })
  const audio = { input: { turn_detection: null } }
  await answered({ type: 'session.update', session: { type: 'realtime', audio } }, 'session.updated')
  for (const [at, text] of [...texts, 'Are you there?'].entries()) {
    const isUser = at % 2 === 0
    const content = [{ type: isUser ? 'input_text' : 'output_text', text }]
    const create = { type: 'message', role: isUser ? 'user' : 'assistant', content }
    await answered({ type: 'conversation.item.create', item: create }, 'conversation.item.done')
  }
  socket.send(JSON.stringify({ type: 'response.create' }))
}
