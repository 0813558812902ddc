// The door for other devices on a real app, and devices at it that are no browsers: pairing by its form, files and requests by
// their cookie, a socket that speaks the contract.
import { request, type RequestOptions } from 'node:https'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { Right } from '../../src/core/devices/rights.ts'
import type { LinkView } from '../../src/core/devices/view.ts'
import type { Notice, Reply } from '../../src/core/ipc.ts'
import { openApp, type OpenAppOpts, type OpenedApp } from './opened-app.ts'
import { readAnswer, type HttpAnswer } from './http-answer.ts'

export interface StartedLink extends OpenedApp {
  port: number
  view: () => Promise<LinkView>
}

/** Call it inside a test: the door is open. */
export async function startLink(start: OpenAppOpts = {}): Promise<StartedLink> {
  const started = await openApp({ ...start, settings: { otherDevices: true, ...start.settings } })
  const view = (): Promise<LinkView> => started.ask('link', null)
  if ((await view()).door.type !== 'open') await started.notice('link', ({ link }) => link.door.type === 'open')
  return { ...started, view, port: Number(new URL((await view()).addresses.at(-1)!).port) }
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
): Promise<HttpAnswer> {
  const given = { origin: originOf(port), 'content-type': 'application/x-www-form-urlencoded', ...headers }
  return ask(port, '/pair', { method: 'POST', headers: given }, new URLSearchParams({ digits, name }).toString())
}

/** What stands in a Set-Cookie header of that name, as `name=value`. */
export function cookieIn({ headers }: HttpAnswer, name: string): string | null {
  const found = (headers['set-cookie'] ?? []).find((one) => one.startsWith(`${name}=`) && !one.startsWith(`${name}=;`))
  return found?.split(';')[0] ?? null
}

/** @returns the cookie of the device */
export async function pair({ ask: tell, view, port }: StartedLink, rights: Right[], name = 'Phone'): Promise<string> {
  const { pairing } = await tell('begin-pairing', null)
  const asking = cookieIn(await guess(port, pairing!.digits, name), '__Host-parley-asking')
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
export function dial(port: number, cookie: string, headers: Record<string, string> = {}): Promise<DeviceSocket> {
  const socket = new WebSocket(`wss://127.0.0.1:${port}/`, ['parley.1'], {
    rejectUnauthorized: false,
    headers: { origin: originOf(port), cookie, ...headers },
  })
  onTestFinished(() => socket.terminate())
  const heard: Notice[] = []
  const waiting = new Map<number, (reply: Reply) => void>()
  let asked = 0
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) return
    const said = JSON.parse(data.toString('utf8')) as { id?: number; reply: Reply; notice?: Notice }
    if (said.notice) heard.push(said.notice)
    else if (said.id !== undefined) waiting.get(said.id)?.(said.reply)
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
