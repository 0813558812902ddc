// A device at the door that is no browser: it pairs by the door's form and speaks the contract over its socket. For tests
// paired.ts ends it.
import { request, type RequestOptions } from 'node:https'
import { WebSocket } from 'ws'
import type { Right } from '../../src/core/devices/rights.ts'
import type { LinkView } from '../../src/core/devices/view.ts'
import type { Notice, Reply } from '../../src/core/ipc.ts'
import type { BegunApp } from './begun-app.ts'
import { readAnswer, type HttpAnswer } from './http-answer.ts'

export interface OpenDoor extends Pick<BegunApp, 'ask'> {
  port: number
  view: () => Promise<LinkView>
}

export function ask(port: number, path: string, given: RequestOptions = {}, body = ''): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port, path, rejectUnauthorized: false, agent: false, ...given },
      (response) => readAnswer(response, resolve),
    )
    asking.on('error', reject)
    asking.end(body)
  })
}

export const originOf = (port: number): string => `https://127.0.0.1:${port}`

/** As the page's form does it. */
export function guess(
  port: number,
  digits: string,
  name = 'Phone',
  headers: Record<string, string> = {},
  localAddress = '127.0.0.1',
): Promise<HttpAnswer> {
  const given = { origin: originOf(port), 'content-type': 'application/x-www-form-urlencoded', ...headers }
  return ask(
    port,
    '/pair',
    { method: 'POST', headers: given, localAddress },
    new URLSearchParams({ digits, name }).toString(),
  )
}

/** What stands in a Set-Cookie header of that name, as `name=value`. */
export function cookieIn({ headers }: HttpAnswer, name: string): string | null {
  const found = (headers['set-cookie'] ?? []).find((one) => one.startsWith(`${name}=`) && !one.startsWith(`${name}=;`))
  return found?.split(';')[0] ?? null
}

/** @returns the cookie of the device */
export async function pair(
  { ask: tell, view, port }: OpenDoor,
  rights: Right[],
  name = 'Phone',
  from?: string,
): Promise<string> {
  const { pairing } = await tell('begin-pairing', null)
  const asking = cookieIn(await guess(port, pairing!.digits, name, {}, from), '__Host-parley-asking')
  if (asking === null) throw new Error('the digits were not taken')
  await tell('agree-device', { asking: (await view()).asking!.id, rights })
  const cookie = cookieIn(await ask(port, '/', { headers: { cookie: asking } }), '__Host-parley')
  if (cookie === null) throw new Error('the device was not let in')
  return cookie
}

export interface DeviceSocket {
  socket: WebSocket
  heard: Notice[]
  closed: Promise<number>
  ask: (name: string, argument: unknown) => Promise<Reply>
}

/** Rejects with the status where it is refused. */
export function dial(
  port: number,
  cookie: string,
  headers: Record<string, string> = {},
  onNotice: (notice: Notice) => void = () => undefined,
): Promise<DeviceSocket> {
  const socket = new WebSocket(`wss://127.0.0.1:${port}/`, ['parley.1'], {
    rejectUnauthorized: false,
    headers: { origin: originOf(port), cookie, ...headers },
  })
  const heard: Notice[] = []
  const waiting = new Map<number, (reply: Reply) => void>()
  let asked = 0
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) return
    const said = JSON.parse(data.toString('utf8')) as { id?: number; reply: Reply; notice?: Notice }
    if (said.notice) {
      heard.push(said.notice)
      onNotice(said.notice)
    } else if (said.id !== undefined) waiting.get(said.id)?.(said.reply)
  })
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  return new Promise((resolve, reject) => {
    socket.once('unexpected-response', (_, response) => reject(new Error(String(response.statusCode))))
    socket.once('error', reject)
    socket.once('open', () =>
      resolve({
        socket,
        heard,
        closed,
        ask(name, argument) {
          asked += 1
          const id = asked
          socket.send(JSON.stringify({ id, name, argument }))
          return new Promise((answered) => waiting.set(id, answered))
        },
      }),
    )
  })
}
