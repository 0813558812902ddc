// Somebody at a door of Parley's who does not keep to the protocol: raw bytes over a socket, and what came back.
import { connect, type Socket } from 'node:net'

export interface DoorUnderAttack {
  port: number
  /** The right request for a socket, line by line, without its empty line. */
  upgrade: readonly string[]
  /** The right request for what the door gives without a socket. */
  get: readonly string[]
  /** The path that takes a body. */
  post: string
  /** Whether an answer gave anything. */
  isServed: (answer: string) => boolean
}

export interface Visit {
  bytes: string
  /** After the bytes were sent: read to the end, reset, hold and say nothing, or cling: keep the own side open for good. */
  then: 'read' | 'reset' | 'hold' | 'cling'
}

export type Kind = 'host' | 'origin' | 'token' | 'reset' | 'slow' | 'huge' | 'many'

/** The request with a header replaced; null leaves it out. */
function changed(lines: readonly string[], name: string, value: string | null): string {
  const rest = lines.filter((line) => !line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
  return `${[...rest, ...(value === null ? [] : [`${name}: ${value}`])].join('\r\n')}\r\n\r\n`
}

const pick = <One>(list: readonly One[], at: number): One => list[at % list.length]!

/** @param at which of its kind, from 0 */
export function visitOf(kind: Kind, at: number, door: DoorUnderAttack): Visit {
  const { port, upgrade, get } = door
  const asked = at % 2 === 0 ? upgrade : get
  const whole = `${upgrade.join('\r\n')}\r\n\r\n`
  switch (kind) {
    case 'host': {
      const hosts = [
        `evil${at}.example:${port}`,
        `127.0.0.1.evil${at}.example:${port}`,
        `localhost.evil${at}.example`,
        `127.0.0.1@evil${at}.example`,
        `127.0.0.1:${port}\r\nHost: evil${at}.example`,
        `evil${at}.example\r\nHost: 127.0.0.1:${port}`,
        `2130706433:${port}`,
        `127.1:${port}`,
        `[::ffff:127.0.0.1]:${port}`,
        '',
      ]
      return { bytes: changed(asked, 'Host', at % 11 === 10 ? null : pick(hosts, at)), then: 'read' }
    }
    case 'origin': {
      const origins = [
        `https://evil${at}.example`,
        'null',
        `http://127.0.0.1:${port + 1 + (at % 7)}`,
        `https://127.0.0.1:${port}`,
        `http://127.0.0.1:${port}.evil${at}.example`,
        'file://',
        `http://127.0.0.1:${port}, https://evil.example`,
        `https://evil.example\r\nOrigin: http://127.0.0.1:${port}`,
        `http://127.0.0.1:${port}\r\nOrigin: https://evil.example`,
      ]
      return { bytes: changed(asked, 'Origin', pick(origins, at)), then: 'read' }
    }
    case 'token': {
      const wrong = `${'A'.repeat(at % 60)}${at}`
      const keyed = ['Authorization', 'Sec-WebSocket-Protocol'].find((name) =>
        upgrade.some((line) => line.startsWith(`${name}:`)),
      )
      const value = keyed === 'Authorization' ? `Bearer ${wrong}` : `parley.1, token.${wrong}`
      return { bytes: changed(upgrade, keyed ?? '', at % 5 === 4 ? null : value), then: 'read' }
    }
    case 'reset':
      return { bytes: whole.slice(0, at % (whole.length + 1)), then: 'reset' }
    case 'slow':
      return { bytes: whole.slice(0, (at * 7) % (whole.length - 2)), then: 'hold' }
    case 'huge': {
      const huge = 'x'.repeat(70_000)
      const requests = [
        `GET /${huge} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
        changed(upgrade, 'X-Huge', huge),
        changed(upgrade, 'Cookie', `${huge}${at}`),
        `POST ${door.post} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 9000000000\r\n\r\n${huge}`,
        `POST ${door.post} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n${huge}`,
        'A'.repeat(70_000),
        Array.from({ length: 3_000 }, (_, line) => `X${line}: 1`).join('\r\n'),
        `GET / HTTP/1.1\r\n${Array.from({ length: 3_000 }, (_, line) => `X${line}: 1`).join('\r\n')}\r\n\r\n`,
      ]
      return { bytes: pick(requests, at), then: 'read' }
    }
    case 'many':
      return { bytes: at % 3 === 0 ? '' : `GET / HTTP/1.1\r\n`, then: 'hold' }
  }
}

/** Resolves with what came back when the door closed, the visitor reset, or (holding, clinging) its bytes are out. */
export function visit(door: DoorUnderAttack, { bytes, then }: Visit): Promise<{ answer: string; socket: Socket }> {
  return new Promise((resolve) => {
    const socket = connect({ port: door.port, host: '127.0.0.1', allowHalfOpen: then === 'cling' })
    const chunks: Buffer[] = []
    const done = (): void => resolve({ answer: Buffer.concat(chunks).toString('latin1'), socket })
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.once('close', done)
    socket.once('connect', () => {
      if (bytes === '') return then === 'reset' ? void socket.resetAndDestroy() : done()
      socket.write(bytes, () => {
        if (then === 'reset') socket.resetAndDestroy()
        if (then === 'hold' || then === 'cling') done()
      })
    })
  })
}

/** Two hundred of a kind, and of resets one at every byte of the handshake; forty at a time. @returns answers that gave something */
export async function attack(kind: Kind, door: DoorUnderAttack): Promise<string[]> {
  const count = kind === 'reset' ? Math.max(200, `${door.upgrade.join('\r\n')}\r\n\r\n`.length + 1) : 200
  const served: string[] = []
  for (let from = 0; from < count; from += 40) {
    const visits = Array.from({ length: Math.min(40, count - from) }, (_, at) => visitOf(kind, from + at, door))
    const visited = await Promise.all(visits.map((one) => visit(door, one)))
    served.push(...visited.map(({ answer }) => answer).filter((answer) => door.isServed(answer)))
  }
  return served
}

export const kinds: readonly Kind[] = ['host', 'origin', 'token', 'reset', 'slow', 'huge', 'many']
