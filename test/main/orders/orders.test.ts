// Orders from a terminal, as they reach a running app through a real socket.
import { once } from 'node:events'
import { connect } from 'node:net'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { orderFromTerminal } from '../../../src/main/orders/from-terminal.ts'
import { obeyOrders } from '../../../src/main/orders/obey.ts'
import { askRunning, openOrders, orderSocketName } from '../../../src/main/orders/order-socket.ts'
import { ownArguments } from '../../../src/main/orders/arguments.ts'
import { readOrderLine, readTerminalOrder, type Order, type OrderReply } from '../../../src/main/orders/order.ts'
import { openApp } from '../../support/opened-app.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const refuseTrouble = (message: string): never => {
  throw new Error(message)
}

/** What a terminal saw. */
async function give(folder: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const terminal = {
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
  }
  const read = readTerminalOrder(args)
  if (read === null) throw new Error('no order')
  return { code: await orderFromTerminal(read, { folder, terminal, begin: null }), out, err }
}

async function openRunning(folder = temporaryFolder()) {
  const started = await openApp({ folder })
  const asked: string[] = []
  const acts = { show: () => void asked.push('show'), quit: () => void asked.push('quit') }
  const close = await openOrders(folder, obeyOrders(started.app, acts), refuseTrouble)
  onTestFinished(close)
  return { ...started, folder, asked }
}

async function openEcho(folder = temporaryFolder()) {
  const taken: Order[] = []
  const obey = (order: Order): Promise<OrderReply> => {
    taken.push(order)
    return Promise.resolve({ ok: true, said: order.type })
  }
  onTestFinished(await openOrders(folder, obey, refuseTrouble))
  return { folder, taken, path: join(folder, orderSocketName) }
}

describe('an order', () => {
  it('[X64] is read from the arguments behind the program, or is none, or is refused in a sentence', () => {
    expect(readTerminalOrder([])).toBeNull()
    expect(readTerminalOrder(['--hidden'])).toBeNull()
    expect(readTerminalOrder(['constructor'])).toBeNull()
    expect(readTerminalOrder(['parley://say?text=x'])).toBeNull()
    expect(readTerminalOrder(['say', 'What', 'time?'])).toMatchObject({ order: { type: 'say', text: 'What time?' } })
    expect(readTerminalOrder(['status', '--json'])).toMatchObject({ order: { type: 'status' }, json: true })
    expect(readTerminalOrder(['say', '  '])).toMatchObject({ type: 'usage' })
    expect(readTerminalOrder(['say', 'x'.repeat(8_001)])).toMatchObject({ type: 'usage' })
    expect(readTerminalOrder(['quit', 'now'])).toMatchObject({ type: 'usage' })
    expect(readTerminalOrder(['help'])).toMatchObject({ type: 'usage' })
  })

  it('[X64] is what was given to Parley, not what a runtime puts before it', () => {
    expect(ownArguments(['/opt/Parley/parley', 'say', 'x'], false)).toEqual(['say', 'x'])
    expect(ownArguments(['/opt/Parley/parley', '--no-sandbox', 'status', '--json'], false)).toEqual([
      'status',
      '--json',
    ])
    expect(ownArguments(['electron', '--no-sandbox', '/srv/parley', '--disable-gpu', 'say', 'x'], true)).toEqual([
      'say',
      'x',
    ])
    expect(ownArguments(['electron', '/srv/parley', '--talk'], true)).toEqual([])
    expect(ownArguments(['electron'], true)).toEqual([])
  })

  it('[X64] does on a running Parley what the window can, says so, and ends with its code', async () => {
    const { folder, app, live, asked, state, ask } = await openRunning()
    const service = await live()
    expect(await give(folder, 'say', 'Two plus two?')).toEqual({ code: 0, out: 'Said.\n', err: '' })
    expect(JSON.stringify(await service.next('conversation.item.create'))).toContain('Two plus two?')
    expect(await give(folder, 'mute')).toMatchObject({ code: 0 })
    expect(app.state().muted).toBe(true)
    expect(await give(folder, 'unmute')).toMatchObject({ code: 0 })
    expect(app.state().muted).toBe(false)
    expect(await give(folder, 'talk')).toMatchObject({ code: 0, out: 'It listens by itself, hands-free.\n' })
    await ask('mode', { mode: 'hold' })
    expect(await give(folder, 'talk')).toMatchObject({ code: 0, out: 'It listens.\n' })
    await state(({ talking }) => talking === 'latched')
    expect(await give(folder, 'talk')).toMatchObject({ code: 0, out: 'It listens no more.\n' })
    expect(await give(folder, 'stop')).toMatchObject({ code: 0 })
    expect(await give(folder, 'show')).toMatchObject({ code: 0 })
    expect(await give(folder, 'quit')).toMatchObject({ code: 0, out: 'Parley ends.\n' })
    await expect.poll(() => asked).toEqual(['show', 'quit'])
  })

  it('[X64] status is for people, or with --json for programs, and holds no word that was said', async () => {
    const { folder, live, ask } = await openRunning()
    await live()
    await ask('say', { text: 'canary words' })
    const people = await give(folder, 'status')
    expect(people.out).toMatch(/^Parley +0\.0\.0-test, /)
    const { code, out } = await give(folder, 'status', '--json')
    expect([code, JSON.parse(out)]).toEqual([
      0,
      expect.objectContaining({ version: '0.0.0-test', line: 'live', muted: false, tasks: 0, approvals: 0 }),
    ])
    expect(people.out + out).not.toContain('canary')
  })

  it('[X64] where nobody runs says so with a code of its own, also where one died or something else lies in its place', async () => {
    const folder = temporaryFolder()
    const nobody = { code: 3, out: '', err: 'Parley is not running.\n' }
    expect(await give(folder, 'status')).toEqual(nobody)
    expect(await give(join(folder, 'missing'), 'status')).toEqual(nobody)
    writeFileSync(join(folder, orderSocketName), 'a file')
    expect(await give(folder, 'status')).toEqual(nobody)
    // A dead one is replaced.
    const { taken } = await openEcho(folder)
    expect(await give(folder, 'stop')).toMatchObject({ code: 0 })
    expect(taken).toEqual([{ type: 'stop' }])
  })

  it('[X64] that Parley refuses ends with 1 and why', async () => {
    const folder = temporaryFolder()
    const obey = (): Promise<OrderReply> => Promise.resolve({ ok: false, message: 'The line is refused.' })
    onTestFinished(await openOrders(folder, obey, refuseTrouble))
    expect(await give(folder, 'stop')).toEqual({ code: 1, out: '', err: 'The line is refused.\n' })
  })

  it('[X64] may begin Parley, and is done by the one that was begun', async () => {
    const folder = temporaryFolder()
    const begin = (): void => void openEcho(folder)
    const said: string[] = []
    const terminal = { stdout: { write: (text: string) => said.push(text) }, stderr: { write: () => undefined } }
    const read = readTerminalOrder(['say', 'hello'])
    expect(await orderFromTerminal(read!, { folder, terminal, begin })).toBe(0)
    expect(said).toEqual(['say\n'])
  })
})

describe('the socket of orders', () => {
  it('[X65] is the person’s alone, also in a folder that lies too deep for a socket’s path', async () => {
    const deep = join(temporaryFolder(), 'd'.repeat(60), 'e'.repeat(60))
    mkdirSync(deep, { recursive: true })
    const { path } = await openEcho(deep)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(await askRunning(deep, { type: 'stop' })).toEqual({ ok: true, said: 'stop' })
  })

  it('[X65] takes one order a connection and refuses what is none, without an act', async () => {
    const { path, taken } = await openEcho()
    const send = async (bytes: string): Promise<string> => {
      const socket = connect(path)
      let answer = ''
      socket.setEncoding('utf8')
      socket.on('data', (text: string) => (answer += text))
      socket.on('error', () => undefined)
      socket.write(bytes)
      await once(socket, 'close')
      return answer
    }
    const odd = [
      '\n',
      'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
      '{}\n',
      '{"type":"say"}\n',
      '{"type":"say","text":" "}\n',
      '{"type":"quit","also":"this"}\n',
      '{"type":"approve"}\n',
      '[{"type":"quit"}]\n',
      `{"type":"say","text":"${'x'.repeat(70_000)}"}\n`,
      'x'.repeat(70_000),
      '{"type":"mute","muted":"yes"}\n',
    ]
    for (const bytes of odd)
      expect([bytes.slice(0, 40), await send(bytes)]).toEqual([bytes.slice(0, 40), expect.stringContaining('no order')])
    expect(taken).toEqual([])
    expect(await send('{"type":"stop"}\n{"type":"quit"}\n')).toContain('"ok":true')
    expect(taken).toEqual([{ type: 'stop' }])
    expect(readOrderLine('{"type":"__proto__"}')).toBeNull()
  })

  it('[X65] that can’t be is told, and nothing else fails', async () => {
    const told: string[] = []
    const close = await openOrders(
      '/proc/self',
      () => Promise.reject(new Error()),
      (message) => told.push(message),
    )
    await close()
    expect(told).toEqual([expect.stringMatching(/^A terminal can’t reach this Parley/)])
  })
})
