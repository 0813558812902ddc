// A key that is easy to find again goes through every way in which a service can fail and say it back. Afterwards it is looked
// for in everything that Parley told, printed, kept or exported.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished, describe, expect, it, vi } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { openApp } from '../../support/opened-app.ts'

const canary = 'canary7f3a9c51e2bd4806'
const answers: Record<string, string> = {
  'an unknown key': `401 bad ${canary}\r\nx-key: ${canary}\r\n\r\n${canary}`,
  'a forbidden one': `403 no ${canary}\r\n\r\n${canary}`,
  'no such place': `404 ${canary}\r\n\r\n${canary}`,
  'too many requests': `429 wait\r\nretry-after: ${canary}\r\n\r\n${canary}`,
  'a fault': `500 oops\r\n\r\n{"error":{"message":"${canary}"}}`,
  'a redirect': `302 away\r\nlocation: http://127.0.0.1:9/${canary}\r\n\r\n`,
  'a bad request': `400 ${canary}\r\nx-request-id: ${canary}\r\n\r\n${canary}`,
  'a bill to pay': `402 pay\r\n\r\n{"error":{"code":"${canary}","message":"Key ${canary} has no credit"}}`,
  'a wrong method': `405 no\r\nallow: ${canary}\r\n\r\n`,
  'a proxy that asks for a key': `407 who\r\nproxy-authenticate: Basic realm="${canary}"\r\n\r\n`,
  'a time that is over': `408 late\r\n\r\n${canary}`,
  'what is gone': `410 gone\r\nlink: <https://x.example/?key=${canary}>\r\n\r\n`,
  'another version of the protocol': `426 up\r\nupgrade: ${canary}\r\nsec-websocket-version: 8\r\n\r\n`,
  'a limit with a date': `429 wait\r\nx-ratelimit-reset: ${canary}\r\nretry-after-ms: 1\r\n\r\n${canary}`,
  'what the law forbids': `451 no\r\n\r\n${canary}`,
  'a bad gateway': `502 ${canary}\r\nvia: 1.1 ${canary}\r\n\r\n<html>${canary}</html>`,
  'no service': `503 soon\r\nretry-after: 0\r\nset-cookie: key=${canary}\r\n\r\n`,
  'a gateway that waits': `504 ${canary}\r\n\r\n`,
  'a lasting redirect': `308 there\r\nlocation: wss://u:${canary}@elsewhere.example/v1\r\n\r\n`,
  'a status that is none': `999 ${canary}\r\n\r\n${canary}`,
  'a head that is broken': `200 ok\r\n${canary}\u0000: ${canary}\r\n\r\n`,
  'another protocol than was asked': `101 ok\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-protocol: ${canary}\r\n\r\n`,
  'a wrong handshake': `101 ok\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${canary}\r\n\r\n`,
}

type Say = (event: Record<string, unknown>) => void
const error = (code: string | null, type = 'invalid_request_error'): Record<string, unknown> => ({
  type: 'error',
  error: { type, code, message: `Incorrect API key provided: ${canary}`, param: canary, event_id: null },
})
const done = { id: 'r1', object: 'realtime.response', conversation_id: 'conv', output: [], usage: null }
const failed = { ...done, status: 'failed', status_details: { error: { code: canary, message: `No: ${canary}` } } }

/** What is said on a session; `begun` resolves when it is live. */
const sayings: Record<string, (say: Say, socket: WebSocket, begun: () => Promise<void>) => void | Promise<void>> = {
  'a bad key in band': (say) => say(error('invalid_api_key')),
  'no credit': (say) => say(error('insufficient_quota')),
  'a model that is not known': (say) => say(error('model_not_found')),
  'another protocol': (say) => say(error('beta_api_shape_disabled')),
  'an end named with the key': (_, socket) => socket.close(1011, canary),
  'a bad key as the end': (_, socket) => socket.close(3000, `invalid_request_error.${canary}`),
  'a refused session as the end': (_, socket) => socket.close(4000, canary),
  'a breach of policy': (_, socket) => socket.close(1008, canary),
  'settings that are refused': (say) => {
    say({ type: 'session.created', session: { id: canary } })
    say(error('invalid_value'))
  },
  'a fault while configuring': (say) => {
    say({ type: 'session.created', session: { id: 's' } })
    say(error(null, 'server_error'))
  },
  'an event of an unknown type': async (say, _, begun) => {
    await begun()
    say({ type: `session.${canary}`, key: canary })
  },
  'what is no JSON': async (_, socket, begun) => {
    await begun()
    socket.send(`{"type":"${canary}`)
  },
  'an answer that fails': async (say, _, begun) => {
    await begun()
    say({ type: 'response.created', response: { ...done, status: 'in_progress' } })
    say({ type: 'response.done', response: failed })
  },
  'words that could not be understood': async (say, _, begun) => {
    await begun()
    say({ type: 'input_audio_buffer.committed', item_id: 'u9', previous_item_id: null })
    const heard = { item_id: 'u9', content_index: 0, error: { message: `No: ${canary}` } }
    say({ type: 'conversation.item.input_audio_transcription.failed', ...heard })
  },
  'an expired session': async (say, socket, begun) => {
    await begun()
    say(error('session_expired'))
    socket.close(1001, canary)
  },
  'an end by a code of its own': (_, socket) => socket.close(4_999, canary),
  'an error without a shape': async (say, _, begun) => {
    await begun()
    say({ type: 'error', error: canary })
  },
  'limits that name the key': async (say, _, begun) => {
    await begun()
    say({ type: 'rate_limits.updated', rate_limits: [{ name: canary, limit: 0, remaining: 0, reset_seconds: 1 }] })
  },
  'an error in passing': async (say, _, begun) => {
    await begun()
    say(error('item_truncate_invalid_item_id'))
  },
}

/** Resolves when the session is configured, restored, and given the person's sound. */
function begin(say: Say, socket: WebSocket): Promise<void> {
  let previous: string | null = null
  return new Promise((resolve) => {
    socket.on('message', (data: Buffer) => {
      const event = JSON.parse(data.toString()) as { type: string; item?: { id: string } }
      if (event.type === 'session.update') say({ type: 'session.updated', session: { id: 's' } })
      if (event.type === 'input_audio_buffer.append') resolve()
      if (!event.item) return
      say({ type: 'conversation.item.done', previous_item_id: previous, item: event.item })
      previous = event.item.id
    })
    say({ type: 'session.created', session: { id: 's' } })
  })
}

interface Failing {
  url: string
  /** Fails so at the next connection. Resolves when that has happened. */
  next(how: string): Promise<void>
  keysSeen(): number
}

async function startFailing(): Promise<Failing> {
  const http = createServer()
  const sockets = new WebSocketServer({ noServer: true })
  let how = ''
  let keysSeen = 0
  let happened = (): void => undefined
  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined)
    if (request.headers.authorization?.includes(canary)) keysSeen++
    const answer = answers[how]
    if (answer !== undefined) return void socket.end(`HTTP/1.1 ${answer}`, happened)
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => undefined)
      const say: Say = (event) => webSocket.send(JSON.stringify({ event_id: 'e', ...event }))
      void Promise.resolve(sayings[how]?.(say, webSocket, () => begin(say, webSocket))).then(() => {
        // Closed, or everything before was worked off.
        webSocket.once('close', happened)
        webSocket.once('pong', happened)
        if (webSocket.readyState === webSocket.OPEN) webSocket.ping()
      })
    })
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  onTestFinished(() => {
    for (const client of sockets.clients) client.terminate()
    http.close()
    http.closeAllConnections()
  })
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    next: (name) =>
      new Promise((resolve) => {
        how = name
        happened = resolve
      }),
    keysSeen: () => keysSeen,
  }
}

describe('a service’s key', () => {
  it('[F24] is in nothing told, printed, kept or exported after 42 ways in which the service says it back', async () => {
    const printed: unknown[] = []
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(text) > 0)
    onTestFinished(() => void vi.restoreAllMocks())
    const service = await startFailing()
    const { app, told, folder } = await openApp({
      settings: { endpoint: { kind: 'compatible', baseUrl: service.url, model: 'm' } },
    })
    const replies: unknown[] = []
    const ask = async (name: string, argument: unknown): Promise<void> =>
      void replies.push(await app.answer(name, argument))
    const paths = [...Object.keys(answers), ...Object.keys(sayings)]
    expect(paths.length).toBeGreaterThanOrEqual(42)
    for (const path of paths) {
      const met = service.next(path)
      // Another key is another session.
      await ask('set-key', { service: 'compatible', key: canary, plain: false })
      await met
      await ask('try-service', null)
      await ask('say', { text: path })
      await ask('diagnostics', null)
    }
    for (const name of ['look', 'snapshot', 'diagnostics']) await ask(name, null)
    await ask('happened', { fromMs: Date.now() - 600_000, toMs: Date.now() })
    await ask('settings', { instructions: `Use ${canary}`, endpoint: canary })
    await ask('set-key', { service: canary, key: canary, plain: true })

    expect(service.keysSeen()).toBeGreaterThanOrEqual(paths.length)
    expect(JSON.stringify(replies)).toContain('The line broke')
    expect(JSON.stringify(replies)).not.toContain(canary)
    expect(JSON.stringify(told)).not.toContain(canary)
    expect(printed.map(String).join('\n')).not.toContain(canary)
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(2)
    for (const file of files) expect(await readFile(join(file.parentPath, file.name), 'latin1')).not.toContain(canary)
  })
})
