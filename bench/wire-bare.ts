// The floor under every client of `ws`: the same socket and the same stream, of which nothing is read but what keeps it going.
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { weather, type OpenOpts, type WireClient } from './wire-clients.ts'

/** Longer frames are sound. */
const longestRead = 2_000
/** So much of a frame shows its type. */
const headBytes = 60

export async function openBare({ port, responses }: OpenOpts): Promise<WireClient> {
  const url = `ws://127.0.0.1:${port}/v1/realtime`
  const socket = new WebSocket(url, { perMessageDeflate: false, skipUTF8Validation: true })
  let ended = 0
  let isCalled = false
  const whole = new Promise<void>((resolve) =>
    socket.on('message', (data: Buffer) => {
      if (data.length > longestRead) return
      const head = data.toString('latin1', 0, headBytes)
      if (head.includes('"response.function_call_arguments.done"')) isCalled = true
      if (!head.includes('"response.done"')) return
      if (isCalled) {
        const item = { type: 'function_call_output', call_id: '', output: weather }
        socket.send(JSON.stringify({ type: 'conversation.item.create', item }))
        socket.send(JSON.stringify({ type: 'response.create' }))
      }
      isCalled = false
      if (++ended === responses) resolve()
    }),
  )
  await once(socket, 'message')
  return {
    whole,
    said: () => [],
    close() {
      socket.close()
      return Promise.resolve()
    },
  }
}
