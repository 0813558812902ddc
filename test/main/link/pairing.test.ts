import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mostDevices, openKeptLink } from '../../../src/main/link/kept.ts'
import { createPairing, pairingRules } from '../../../src/main/link/pairing.ts'
import { placesOf } from '../../../src/main/link/places.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { ask, cookieIn, dial, guess, pair, startLink } from '../../support/paired.ts'

function opened() {
  const clock = createStillClock()
  let ids = 0
  const pairing = createPairing({
    clock,
    newId: (prefix) => `${prefix}${++ids}`,
    taken: () => [],
    onChanged: () => undefined,
  })
  pairing.begin()
  return { clock, pairing, digits: pairing.open()!.digits }
}

const other = (digits: string, by = 1): string => String((Number(digits) + by) % 1_000_000).padStart(6, '0')
const from = '192.168.1.9'

describe('pairing', () => {
  it('[L205] its name is told to the network with its port, and where that fails the door is open all the same', async () => {
    const told: unknown[] = []
    const announce = (given: unknown): Promise<never> => {
      told.push(given)
      return Promise.reject(new Error('no multicast here'))
    }
    const { port } = await startLink({ linkParts: { announce } })
    expect(told).toEqual([{ name: placesOf().name, port }])
    expect((await ask(port, '/')).status).toBe(200)
  })

  it('[L210] five wrong tries void the digits, the right ones too; whoever tries has five chances in a million', () => {
    const { pairing, digits } = opened()
    for (let at = 1; at <= pairingRules.mostWrong; at++)
      expect(pairing.guess({ digits: other(digits, at), name: 'x', from }).type).toBe('wrong')
    expect(pairing.end()).toBe('locked')
    expect(pairing.guess({ digits, name: 'x', from })).toEqual({ type: 'closed' })
    pairing.begin()
    expect(pairing.open()!.digits).toMatch(/^\d{6}$/)
    expect(pairing.open()!.wrong).toBe(0)
  })

  it('[L210] digits are good for two minutes, once, and those of before are void when new ones are shown', () => {
    const { clock, pairing, digits } = opened()
    clock.pass(pairingRules.digitsMs)
    expect(pairing.guess({ digits, name: 'x', from })).toEqual({ type: 'closed' })
    expect(pairing.end()).toBe('expired')
    pairing.begin()
    const before = pairing.open()!.digits
    pairing.begin()
    const now = pairing.open()!.digits
    if (before !== now) expect(pairing.guess({ digits: before, name: 'x', from }).type).toBe('wrong')
    expect(pairing.guess({ digits: now, name: 'x', from }).type).toBe('asking')
    expect(pairing.guess({ digits: now, name: 'y', from }).type).toBe('closed')
  })

  it('[L211] nothing is let in before the person agrees, in time, and to whom they saw; the secret is good once', () => {
    const { clock, pairing, digits } = opened()
    const asked = pairing.guess({ digits, name: '  Anna’s\u202e phone\n ', from })
    if (asked.type !== 'asking') throw new Error('not asking')
    expect(pairing.asking()).toMatchObject({ name: 'Anna’s� phone', from })
    expect(pairing.standing(asked.secret).type).toBe('asking')
    expect(pairing.standing('A'.repeat(43)).type).toBe('unknown')
    expect(pairing.agree('asking99', ['read'])).toBe(false)
    expect(pairing.agree(pairing.asking()!.id, ['read', 'type'])).toBe(true)
    expect(pairing.standing(asked.secret)).toMatchObject({ type: 'agreed', rights: ['read', 'type'] })
    pairing.settle(asked.secret)
    expect(pairing.standing(asked.secret).type).toBe('unknown')
    pairing.begin()
    const late = pairing.guess({ digits: pairing.open()!.digits, name: 'x', from })
    const { id } = pairing.asking()!
    clock.pass(pairingRules.answerMs)
    expect(pairing.agree(id, ['read'])).toBe(false)
    expect(late.type === 'asking' && pairing.standing(late.secret).type).toBe('unknown')
  })
})

describe('the door for other devices', () => {
  it('[L200] is closed until the settings open it, and closed again by them: its lines end', async () => {
    const started = await startLink()
    const { ask: tell, port } = started
    const cookie = await pair(started, ['read'])
    const { closed } = await dial(port, cookie)
    await tell('settings', { otherDevices: false })
    expect(await closed).toBe(4_003)
    await expect(ask(port, '/')).rejects.toThrow()
    expect((await started.view()).door).toEqual({ type: 'closed' })
  })

  it('[L201] comes back after a restart at its port, with its certificate and its devices', async () => {
    const first = await startLink()
    const cookie = await pair(first, ['read', 'type'], 'Tablet')
    const before = await first.view()
    await first.app.stop()
    const second = await startLink({ folder: first.folder })
    const now = await second.view()
    expect(now.fingerprint).toBe(before.fingerprint)
    expect(second.port).toBe(first.port)
    expect(now.devices).toMatchObject([{ name: 'Tablet', rights: ['read', 'type'], isConnected: false }])
    const device = await dial(second.port, cookie)
    expect(await device.ask('look', null)).toMatchObject({ ok: true, value: { device: { name: 'Tablet' } } })
    const kept = readFileSync(join(first.folder, 'devices.json'), 'utf8')
    expect(kept).not.toContain(cookie.split('=')[1])
  })

  it('[L202] a stranger gets the pairing page and nothing else; the digits and a yes here let a device in', async () => {
    const started = await startLink()
    const { ask: tell, port, view } = started
    const page = await ask(port, '/')
    expect(page.status).toBe(200)
    expect(page.body.replaceAll('<wbr>', '')).toContain((await view()).fingerprint)
    expect(page.body).not.toContain('<form')
    expect(page.body).not.toContain('<script')
    for (const path of ['/index.html', '/manifest.webmanifest', '/parley.png', '/assets/x.js', '//', '/%2e%2e/x'])
      expect([path, (await ask(port, path)).status]).toEqual([path, 404])
    await expect(dial(port, '')).rejects.toThrow('401')
    const { pairing } = await tell('begin-pairing', null)
    expect((await ask(port, '/')).body).toContain('<form')
    expect(pairing!.address).not.toContain(pairing!.digits)
    const wrong = await guess(port, other(pairing!.digits))
    expect([wrong.status, cookieIn(wrong, '__Host-parley-asking')]).toEqual([403, null])
    const right = await guess(port, pairing!.digits, 'Anna’s phone')
    const asking = cookieIn(right, '__Host-parley-asking')!
    expect(right.headers['set-cookie']?.[0]).toMatch(/; Secure; HttpOnly; SameSite=Strict$/)
    const waits = await ask(port, '/', { headers: { cookie: asking } })
    expect(waits.body).toContain('http-equiv="refresh"')
    expect(cookieIn(waits, '__Host-parley')).toBe(null)
    await tell('agree-device', { asking: (await view()).asking!.id, rights: ['read'] })
    const letIn = await ask(port, '/', { headers: { cookie: asking } })
    const cookie = cookieIn(letIn, '__Host-parley')!
    expect(letIn.status).toBe(303)
    expect(cookieIn(await ask(port, '/', { headers: { cookie: asking } }), '__Host-parley')).toBe(null)
    expect((await ask(port, '/manifest.webmanifest', { headers: { cookie } })).status).toBe(200)
    const device = await dial(port, cookie)
    expect((await view()).devices).toMatchObject([{ name: 'Anna’s phone', isConnected: true }])
    expect(await device.ask('say', { text: 'Hi' })).toMatchObject({ ok: false, error: { kind: 'refused' } })
  })

  it('[L203] a revoked device is cut at once, and its token opens nothing any more', async () => {
    const started = await startLink()
    const { ask: tell, port, view } = started
    const [phone, tablet] = [await pair(started, ['read', 'type']), await pair(started, ['read'], 'Tablet')]
    const [one, two] = [await dial(port, phone), await dial(port, tablet)]
    const { id } = (await view()).devices[0]!
    await tell('revoke-device', { device: id })
    expect(await one.closed).toBe(4_001)
    await expect(dial(port, phone)).rejects.toThrow('401')
    expect((await ask(port, '/manifest.webmanifest', { headers: { cookie: phone } })).status).toBe(404)
    expect(await two.ask('look', null)).toMatchObject({ ok: true })
    await tell('revoke-devices', null)
    expect(await two.closed).toBe(4_001)
    expect((await view()).devices).toEqual([])
  })

  it('[L204] tells where it is when this computer has moved', async () => {
    let addresses = ['192.168.1.5']
    const places = () => ({ addresses, name: 'parley-app.local', answersTo: new Set(['127.0.0.1', 'localhost']) })
    const started = await startLink({ linkParts: { places } })
    await pair(started, ['read'])
    addresses = ['10.0.0.7', 'fd00::7']
    const { message } = await started.notice('notice', (one) => one.message.includes('10.0.0.7'))
    expect(message).toContain(`https://10.0.0.7:${started.port}`)
    expect((await started.view()).addresses).toEqual([
      `https://10.0.0.7:${started.port}`,
      `https://[fd00::7]:${started.port}`,
      `https://parley-app.local:${started.port}`,
    ])
  })

  it('[L260] wrong digits cost nothing else that was typed, the page says what is left, and what ended how it goes on', async () => {
    const started = await startLink()
    const { ask: tell, port, view } = started
    const { pairing } = await tell('begin-pairing', null)
    const wrong = await guess(port, other(pairing!.digits), 'Anna’s “phone”')
    expect(wrong.body).toContain('4 tries are left')
    expect(wrong.body).toContain('value="Anna’s “phone”"')
    // A phone that loads the answer again, as it does with a page that it had put away.
    for (const headers of [{}, { cookie: await pair(started, ['read'], 'Tablet') }])
      expect(await ask(port, '/pair', { headers })).toMatchObject({ status: 303, headers: { location: '/' } })
    const cookie = await pair(started, ['read'])
    // Whoever is in already, by a form that stayed open: not paired twice, and no try.
    const again = (await tell('begin-pairing', null)).pairing!
    for (const digits of [again.digits, other(again.digits)])
      expect(await guess(port, digits, 'Twice', { cookie })).toMatchObject({ status: 303, headers: { location: '/' } })
    expect([(await view()).asking, (await view()).pairing]).toMatchObject([null, { wrong: 0 }])
    await tell('end-pairing', null)
    await tell('revoke-device', { device: (await view()).devices[1]!.id })
    expect((await ask(port, '/', { headers: { cookie } })).body).toContain('not paired any more')
    await tell('begin-pairing', null)
    expect((await ask(port, '/', { headers: { cookie } })).body).toContain('<form')
  })

  it('[L261] two devices of one name are told apart, letters stay whole, and a full list pushes nobody out', async () => {
    const folder = temporaryFolder()
    let ids = 0
    const kept = await openKeptLink({
      folder,
      clock: createStillClock(),
      random: Math.random,
      newId: () => `device${++ids}`,
    })
    for (let count = 1; count < mostDevices; count++) await kept.add(`Device ${count}`, ['read'])
    await kept.settled()
    const started = await startLink({ folder })
    const { ask: tell, port, view } = started
    const name = '👨‍👩‍👧‍👦'.repeat(5)
    const { pairing } = await tell('begin-pairing', null)
    await guess(port, pairing!.digits, name)
    expect((await view()).asking!.name).toBe('👨‍👩‍👧‍👦'.repeat(3))
    await tell('refuse-device', { asking: (await view()).asking!.id })
    await pair(started, ['read'], 'device 7')
    const { devices } = await view()
    expect(devices).toHaveLength(mostDevices)
    expect(devices.map((device) => device.name)).toEqual([
      ...Array.from({ length: mostDevices - 1 }, (_, at) => `Device ${at + 1}`),
      'device 7 2',
    ])
    await expect(tell('begin-pairing', null)).rejects.toThrow('Revoke one')
    await tell('revoke-device', { device: devices[3]!.id })
    expect((await tell('begin-pairing', null)).pairing).not.toBeNull()
  })
})
