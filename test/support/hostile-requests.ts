// Requests of strangers at the door for other devices, each wrong in one thing, and how raw bytes are sent to it.
import { connect } from 'node:tls'
import { originOf } from './paired.ts'

type Bytes = string | Buffer

/** Sends raw bytes over TLS. @returns what came back until the other side closed, or for `forMs` */
export function raw(
  port: number,
  bytes: Bytes,
  then: 'read' | 'reset' | 'half' = 'read',
  forMs = 1_500,
): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false })
    let answer = ''
    const done = (): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(answer)
    }
    const timer = setTimeout(done, forMs)
    socket.on('error', done)
    socket.on('close', done)
    socket.on('data', (data: Buffer) => (answer += data.toString('latin1')))
    socket.once('secureConnect', () => {
      socket.write(bytes)
      if (then === 'reset') setImmediate(done)
    })
  })
}

/** A request with everything right but what the case replaces. */
export function request(line: string, headers: Record<string, string | null>, body = ''): string {
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]))
  return `${line} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}

export function casesFor(
  port: number,
  cookie: string,
): readonly { name: string; bytes: Bytes; then?: 'read' | 'reset' }[] {
  const host = `127.0.0.1:${port}`
  const right = { Host: host, Origin: originOf(port), Cookie: cookie, Connection: 'close' }
  const upgrade = {
    Host: host,
    Origin: originOf(port),
    Cookie: cookie,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    'Sec-WebSocket-Protocol': 'parley.1',
  }
  const hosts = [
    ...['evil.example', `evil.example:${port}`, `127.0.0.1.evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`],
    ...[
      `127.1:${port}`,
      `2130706433:${port}`,
      `0x7f.1:${port}`,
      `[::ffff:127.0.0.1]:${port}`,
      `127.0.0.1@evil.example`,
    ],
    ...[
      `localhost.evil.example:${port}`,
      ``,
      ` `,
      `127.0.0.1:${port}, evil.example`,
      `127.0.0.1:${port}/x`,
      `*:${port}`,
    ],
    ...[`169.254.169.254:${port}`, `0.0.0.0:${port}`, `[::]:${port}`, `parley:${port}`],
  ]
  const origins = [
    ...[
      'https://evil.example',
      'null',
      `http://127.0.0.1:${port}`,
      `https://127.0.0.1:${port + 1}`,
      'file://',
      'app://parley',
    ],
    ...[
      `https://127.0.0.1:${port}.evil.example`,
      `https://127.0.0.1:${port}/`,
      `https://localhost:${port}`,
      `wss://${host}`,
    ],
    ...[`https://${host}, https://evil.example`, `https://evil.example#https://${host}`],
  ]
  const [name = '', token = ''] = cookie.split('=')
  const cookies = [
    ...['', name, `${name}=`, `${name}=${token.slice(1)}`, `${name}=${token}A`, `${name}=${'A'.repeat(43)}`],
    ...[
      `${name}=${token}; ${name}=${token}`,
      `${name}=${token.toUpperCase()}`,
      `parley=${token}`,
      `${name}-asking=${token}`,
    ],
    ...[
      `${name}="${token}"`,
      `${name}=${encodeURIComponent(`${token}\0`)}`,
      `${name}=../${token}`,
      `$Version=1; x=${token}`,
    ],
  ]
  const paths = [
    ...[
      '/../package.json',
      '/..%2f..%2fetc/passwd',
      '/%2e%2e/%2e%2e/devices.json',
      '/devices.json',
      '/settings.json',
      '//',
    ],
    ...[
      '/assets/../../devices.json',
      '/.\\..\\devices.json',
      '/__proto__',
      '/constructor',
      '/%00',
      '/keys.json',
      '/index.html',
    ],
    ...[
      `/x?token=${token}x`,
      '/enter',
      '/pair',
      '/a/'.repeat(40),
      'https://evil.example/',
      `http://${host}/devices.json`,
      '*',
    ],
  ]
  const methods = ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'POST', 'BREW', 'get']
  const smuggled = [
    request(
      'POST /pair',
      { ...right, 'Content-Length': '5', 'Transfer-Encoding': 'chunked' },
      '0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
    ),
    request('POST /pair', { ...right, 'Content-Length': '5\r\nContent-Length: 50' }, 'x'.repeat(50)),
    request('POST /pair', { ...right, 'Transfer-Encoding': 'xchunked' }, '0\r\n\r\n'),
    request('GET /', { ...right, Host: `${host}\r\nHost: evil.example` }),
    request('GET /', { ...right, Host: `evil.example\r\nHost: ${host}` }),
    request('GET /', { ...right, Origin: `${originOf(port)}\r\nOrigin: https://evil.example` }),
    `GET / HTTP/1.1\nHost: evil.example\n\n`,
    `GET / HTTP/0.9\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost : evil.example\r\n\r\n`,
    `GET / HTTP/1.1\r\n Host: ${host}\r\n\r\n`,
    `\r\n\r\n\r\n\0\0\0`,
    Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  ]
  const big = [
    request(`GET /${'x'.repeat(40_000)}`, right),
    request('GET /', { ...right, 'X-Big': 'x'.repeat(40_000) }),
    request('GET /', { ...right, Cookie: `${cookie}; ${'y'.repeat(40_000)}` }),
    request(
      'POST /pair',
      { ...right, 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': '90000' },
      'z'.repeat(90_000),
    ),
    `GET / HTTP/1.1\r\n${Array.from({ length: 3_000 }, (_, at) => `A${at}: 1`).join('\r\n')}\r\n\r\n`,
  ]
  const whole = request('GET /', { ...upgrade, Cookie: 'no' })
  const wrongHost = (value: string, line: string) =>
    request(line, { ...(line === 'GET /' ? right : upgrade), Host: value })
  return [
    ...hosts.map((value) => ({ name: `Host ${value}`, bytes: wrongHost(value, 'GET /') })),
    ...hosts.map((value) => ({ name: `Host ${value}, socket`, bytes: request('GET /', { ...upgrade, Host: value }) })),
    ...origins.map((value) => ({ name: `Origin ${value}`, bytes: request('GET /', { ...right, Origin: value }) })),
    ...origins.map((value) => ({
      name: `Origin ${value}, socket`,
      bytes: request('GET /', { ...upgrade, Origin: value }),
    })),
    { name: 'no Origin, socket', bytes: request('GET /', { ...upgrade, Origin: null }) },
    { name: 'another protocol, socket', bytes: request('GET /', { ...upgrade, 'Sec-WebSocket-Protocol': 'chat' }) },
    ...cookies.map((value) => ({
      name: `Cookie ${value}`,
      bytes: request('GET /manifest.webmanifest', { ...right, Cookie: value }),
    })),
    ...cookies.map((value) => ({
      name: `Cookie ${value}, socket`,
      bytes: request('GET /', { ...upgrade, Cookie: value }),
    })),
    ...paths.map((path) => ({ name: `path ${path.slice(0, 40)}`, bytes: request(`GET ${path}`, right) })),
    ...paths.map((path) => ({
      name: `stranger’s path ${path.slice(0, 40)}`,
      bytes: request(`GET ${path}`, { ...right, Cookie: null }),
    })),
    ...methods.map((method) => ({ name: method, bytes: request(`${method} /`, right) })),
    ...methods.map((method) => ({
      name: `${method} /pair`,
      bytes: request(`${method} /pair`, { ...right, Origin: null }),
    })),
    ...smuggled.map((bytes, at) => ({ name: `smuggled ${at}`, bytes })),
    ...big.map((bytes, at) => ({ name: `too big ${at}`, bytes })),
    ...Array.from({ length: 40 }, (_, at) => ({
      name: `reset after ${at * 9} bytes`,
      bytes: whole.slice(0, at * 9),
      then: 'reset' as const,
    })),
  ]
}
