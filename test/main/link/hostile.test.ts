// The door for other devices against strangers on the network, on real sockets: none gets what it should not, and Parley's own
// devices are let in afterwards.
import { connect as connectPlain } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { networkFault } from '../../../src/listener/names.ts'
import { createPace } from '../../../src/main/link/pace.ts'
import { placesOf } from '../../../src/main/link/places.ts'
import { casesFor, raw, request } from '../../support/hostile-requests.ts'
import { ask, dial, guess, pair, startLink } from '../../support/paired.ts'
import { createStillClock } from '../../support/still-clock.ts'

const secrets = /HTTP\/1\.1 101|"start_url"|set-cookie: __Host-parley=[\w-]{43}|<div id="app">|root:|"devices"/i

describe('strangers at the door for other devices', () => {
  it('[L230] of two hundred hostile requests none gets anything, and the paired device is served afterwards', async () => {
    const started = await startLink({ linkParts: { pace: { burst: 100_000, perSecond: 100_000 } } })
    const { port } = started
    const cookie = await pair(started, ['read'])
    const cases = casesFor(port, cookie)
    expect(cases.length).toBeGreaterThanOrEqual(200)
    // The very same with nothing wrong is served: the cases differ in what they name alone.
    const good = request('GET /manifest.webmanifest', {
      Host: `127.0.0.1:${port}`,
      Cookie: cookie,
      Connection: 'close',
    })
    expect(await raw(port, good)).toMatch(secrets)
    const served: string[] = []
    for (let from = 0; from < cases.length; from += 40)
      await Promise.all(
        cases.slice(from, from + 40).map(async ({ name, bytes, then }) => {
          const answer = await raw(port, bytes, then)
          if (secrets.test(answer)) served.push(`${name}: ${answer.slice(0, 200)}`)
        }),
      )
    expect(served).toEqual([])
    expect(await (await dial(port, cookie)).ask('look', null)).toMatchObject({ ok: true })
  })

  it('[L231] plain HTTP, half a handshake and connections that say nothing hold no place for long', async () => {
    const started = await startLink({ linkParts: { limits: { headersMs: 300, idleMs: 300, mostWaiting: 16 } } })
    const cookie = await pair(started, ['read'])
    const gone = await Promise.all(
      Array.from({ length: 60 }, (_, at) => {
        const socket = connectPlain(started.port, '127.0.0.1')
        onTestFinished(() => void socket.destroy())
        socket.on('error', () => undefined)
        if (at % 3 === 0) socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)
        if (at % 3 === 1) socket.write(Buffer.from('160301020001', 'hex'))
        return new Promise<boolean>((resolve) => socket.once('close', () => resolve(true)))
      }),
    )
    expect(gone).toHaveLength(60)
    await dial(started.port, cookie)
  })

  it('[L232] whoever asks too often from one address is refused until a while has passed', async () => {
    const started = await startLink({ linkParts: { pace: { burst: 12, perSecond: 0.001 } } })
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        ask(started.port, '/').then(
          ({ status }) => status,
          () => 0,
        ),
      ),
    )
    expect(answers.filter((status) => status === 200).length).toBeLessThanOrEqual(6)
    const clock = createStillClock()
    const pace = createPace(clock, { burst: 2, perSecond: 1 })
    expect([pace.take('a'), pace.take('a'), pace.take('a'), pace.take('b')]).toEqual([true, true, false, true])
    clock.pass(1_000)
    expect([pace.take('a'), pace.take('a')]).toEqual([true, false])
    for (let at = 0; at < 5_000; at++) pace.take(`stranger ${at}`)
  })

  it('[L233] digits are tried five times at most, by whomever; a form from another page or of another kind is no try', async () => {
    const started = await startLink()
    const { port, ask: tell, view } = started
    const { pairing } = await tell('begin-pairing', null)
    const other = (by: number): string => String((Number(pairing!.digits) + by) % 1_000_000).padStart(6, '0')
    expect((await guess(port, pairing!.digits, 'x', { origin: 'https://evil.example' })).status).toBe(403)
    expect((await guess(port, pairing!.digits, 'x', { 'content-type': 'text/plain' })).status).toBe(400)
    expect((await view()).pairing).toMatchObject({ wrong: 0 })
    for (let at = 1; at <= 5; at++) expect((await guess(port, other(at))).status).toBe(403)
    expect((await view()).pairingEnd).toBe('locked')
    const late = await guess(port, pairing!.digits)
    expect([late.status, (await view()).asking]).toEqual([429, null])
  })

  it('[L234] a device that asks too fast or too much, or does not speak the contract, is refused, and Parley lives', async () => {
    const started = await startLink()
    const cookie = await pair(started, ['read'])
    const fast = await dial(started.port, cookie)
    const replies = await Promise.all(Array.from({ length: 400 }, () => fast.ask('prove', null)))
    expect(replies.filter(({ ok }) => !ok).length).toBeGreaterThan(200)
    const deep = JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) as unknown
    const again = await dial(started.port, cookie)
    expect(await again.ask('look', deep)).toMatchObject({ ok: false, error: { kind: 'refused' } })
    again.socket.send('nonsense')
    expect(await again.closed).toBe(1008)
    const large = 'x'.repeat(300 * 1024)
    const typist = await pair(started, ['read', 'type'], 'Typist')
    for (const [from, said] of [
      // Who may not send a picture, with anything; who may, with what carries none.
      [cookie, JSON.stringify({ id: 1, name: 'say', argument: { text: large } })],
      [typist, JSON.stringify({ id: 1, name: 'rename', argument: { id: 'c', title: large } })],
    ] as const) {
      const big = await dial(started.port, from)
      big.socket.send(said)
      expect(await big.closed).toBe(1009)
    }
    expect(await (await dial(started.port, cookie)).ask('look', null)).toMatchObject({ ok: true })
  })

  it('[L235] the names it answers to are those of its network cards, its own on the network and this computer’s', () => {
    const card = (address: string, family: 'IPv4' | 'IPv6', internal = false) =>
      ({ address, family, internal, netmask: '', mac: '', cidr: null, scopeid: 0 }) as never
    const cards = {
      lo: [card('127.0.0.1', 'IPv4', true), card('::1', 'IPv6', true)],
      wlan: [card('fe80::1', 'IPv6'), card('2001:db8::7', 'IPv6'), card('192.168.1.5', 'IPv4')],
      vpn: [card('100.64.0.9', 'IPv4'), card('fd00::9', 'IPv6')],
    }
    const places = placesOf(cards, 'Anna’s-App.home.example')
    expect(places.addresses).toEqual(['192.168.1.5', '100.64.0.9', 'fd00::9', '2001:db8::7'])
    expect(places.name).toBe('parley-annas-app.local')
    const faultOf = networkFault(() => places.answersTo)
    const fault = (host: string, origin?: string) =>
      faultOf({ rawHeaders: ['Host', host, ...(origin === undefined ? [] : ['Origin', origin])] }, 4711)
    for (const host of ['192.168.1.5:4711', '[fd00::9]:4711', 'parley-annas-app.local:4711', 'Localhost:4711'])
      expect([host, fault(host, `https://${host}`), fault(host)]).toEqual([host, null, null])
    expect(fault('192.168.1.5:4711', 'https://parley-annas-app.local:4711')).toBe('origin')
    for (const host of ['192.168.1.6:4711', '192.168.1.5', '[fe80::1]:4711', 'fd00::9:4711', 'home.example:4711'])
      expect([host, fault(host)]).toEqual([host, 'host'])
  })
})
