import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { noticeFor, replyFor } from '../../../src/core/devices/shown.ts'
import { may, rights, rightsOf, type Needed, type Right } from '../../../src/core/devices/rights.ts'
import { requests, type AppState, type Look, type RequestName } from '../../../src/core/ipc.ts'
import { askAgent, openAgentBehind } from '../../support/agent-behind.ts'
import { dial, pair, startLink, type DeviceSocket } from '../../support/paired.ts'
import { call } from '../../support/scripted-mind-of-tasks.ts'

/** Written down apart from the contract, so that a right that moves there is noticed here. Everything else is only for here. */
const expected: Record<Right, readonly RequestName[]> = {
  read: ['look', 'snapshot', 'earlier', 'list', 'holds', 'export', 'find', 'happened', 'prove', 'picture'],
  type: [
    ...(['say', 'hush', 'cancel-task', 'retry-task', 'retry', 'take-back', 'put-back', 'drop-draft'] as const),
    ...(['begin', 'open', 'rename', 'read-aloud', 'add-to-task'] as const),
  ],
  approve: ['approve', 'more-time', 'approval-moved'],
  talk: ['talk', 'mute', 'mode', 'take-floor', 'give-floor'],
  manage: [
    'remove',
    'restore',
    'trash',
    'settings',
    'tools',
    'preview-voice',
    'servers',
    'restart-mcp',
    'remove-picture',
  ],
}

const names = Object.keys(requests) as RequestName[]
const neededFor = (name: RequestName): Needed => rights.find((right) => expected[right].includes(name)) ?? 'here'
const me = { id: 'd', name: 'Phone', rights: ['read'] as const }

describe('the rights of a device', () => {
  it('[L220] every request of the contract has its right, and every device gets what its rights allow and nothing else', async () => {
    for (const name of names) expect([name, requests[name].right]).toEqual([name, neededFor(name)])
    const { app } = await startLink()
    let refused = 0
    // Arguments that no schema takes: what is allowed is told from what is not, and nothing is done by the test itself.
    for (let set = 0; set < 2 ** rights.length; set++) {
      const given = rightsOf(rights.filter((_, at) => (set >> at) & 1))
      for (const name of names) {
        const reply = await app.answer(name, Symbol('no argument'), given)
        const kind = reply.ok ? 'done' : reply.error.kind
        expect([name, given, kind]).toEqual([name, given, may(given, neededFor(name)) ? 'invalid' : 'refused'])
        if (kind === 'refused') refused += 1
      }
    }
    expect(refused).toBeGreaterThan(1_000)
  })

  it('[L220] what reaches into this computer can’t be set by a device that may manage', async () => {
    const { app, ask } = await startLink()
    const all = [...rights]
    expect(await app.answer('settings', { speed: 1.2 }, all)).toMatchObject({ ok: true })
    for (const some of [
      { otherDevices: false },
      { mcpServers: [] },
      { grantedFolders: ['/'] },
      { endpoint: { kind: 'compatible', baseUrl: 'https://evil.example/v1', model: 'x' } },
      { proxy: 'http://evil.example:1' },
      { dailyLimitUsd: null },
      { speed: 1.4, hideKeys: false },
    ])
      expect(await app.answer('settings', some, all)).toMatchObject({ ok: false, error: { kind: 'refused' } })
    expect((await ask('look', null)).settings.speed).toBe(1.2)
  })

  it('[L221] no key, no file of this computer and no server goes to a device, whatever it may', async () => {
    const started = await startLink({
      key: 'sk-thisneverleaves0123456789',
      settings: { grantedFolders: ['/home/secret'], privateHosts: ['nas.secret'], instructions: 'Be kind.' },
    })
    const device = await dial(started.port, await pair(started, [...rights]))
    const look = await device.ask('look', null)
    const { settings } = (look.ok ? look.value : null) as Look
    expect(settings).toMatchObject({ grantedFolders: [], privateHosts: [], instructions: 'Be kind.' })
    await started.ask('settings', { speed: 1.3 })
    await started.ask('set-key', { service: 'openai', key: 'sk-norThisOne0123456789abcdef', plain: false })
    await started.ask('link', null)
    await expect.poll(() => device.heard.some(({ type }) => type === 'settings')).toBe(true)
    const told = JSON.stringify([look, device.heard])
    for (const word of ['sk-', 'secret', 'compatible', 'fingerprint'])
      expect([word, told.includes(word)]).toEqual([word, false])
    expect(device.heard.filter(({ type }) => type === 'keys' || type === 'link')).toEqual([])
  })

  it('[L221] which model runs on this computer goes to no device', () => {
    const model = { type: 'answers', name: 'large', port: 11_434 } as const
    const state = { muted: false, model } as AppState
    expect(noticeFor(me, { type: 'state', state })).toEqual({ type: 'state', state: { muted: false } })
  })

  it('[L221] what is told to devices is decided by kind: tools only where they may manage', () => {
    const tools = { type: 'tools' as const, tools: [] }
    expect(noticeFor(me, tools)).toBe(null)
    expect(noticeFor({ ...me, rights: ['read', 'manage'] }, tools)).toBe(tools)
    const level = { type: 'level', microphone: -20, speaker: -30 } as const
    expect(noticeFor(me, level)).toBe(level)
    const refused = { ok: false, error: { kind: 'refused', message: 'No.' } } as const
    expect(replyFor(me, 'look', refused)).toBe(refused)
  })

  it('[L222] a right that is taken back holds for the next request of a line that is open, and the device is told', async () => {
    const started = await startLink()
    const device = await dial(started.port, await pair(started, ['read', 'type']))
    expect(await device.ask('begin', null)).toMatchObject({ ok: true })
    const { id } = (await started.view()).devices[0]!
    await started.ask('set-rights', { device: id, rights: ['talk'] })
    expect(await device.ask('begin', null)).toMatchObject({ ok: false, error: { kind: 'refused' } })
    expect(device.heard.at(-1)).toMatchObject({ type: 'device', device: { rights: ['read', 'talk'] } })
    expect(await device.ask('mute', { muted: true })).toMatchObject({ ok: true })
  })

  it('[L223] the first answer to a question counts for all; another device hears that it is answered', async () => {
    const started = await startLink()
    const [one, two] = [
      await dial(started.port, await pair(started, ['approve'])),
      await dial(started.port, await pair(started, ['read'], 'Tablet')),
    ]
    const argument = { approval: 'a1', digest: '0'.repeat(64), approved: true }
    expect(await two.ask('approve', argument)).toMatchObject({ ok: false, error: { kind: 'refused' } })
    // Nothing is asked: whoever may answer is told so.
    expect(await one.ask('approve', argument)).toMatchObject({ ok: false, error: { kind: 'missing' } })
  })

  it('[L223] of two devices that answer a question at once one is heard, and that is what is done', async () => {
    const steps = [call('call_1', 'add_note', { text: 'It is 12' })]
    const { start } = await openAgentBehind(steps, 'It is as you said.')
    const started = await startLink(start)
    const service = await started.live()
    const join = async (name: string, at: number): Promise<DeviceSocket> =>
      dial(started.port, await pair(started, ['approve'], name, `127.0.3.${at}`))
    const [one, two] = [await join('Phone', 1), await join('Tablet', 2)]
    askAgent(service, 'Note it')
    const { approvals } = await started.notice('approvals', (asked) => asked.approvals.length === 1)
    const { id: approval, digest } = approvals[0]!
    // An answer that comes too early begins the half second anew.
    const replies = await vi.waitFor(
      async () => {
        const both = await Promise.all([
          one.ask('approve', { approval, digest, approved: false }),
          two.ask('approve', { approval, digest, approved: true }),
        ])
        expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true])
        return both
      },
      { timeout: 10_000, interval: 700 },
    )
    expect(replies.find(({ ok }) => !ok)).toMatchObject({ error: { kind: 'missing' } })
    for (const { heard } of [one, two])
      await expect.poll(() => heard.findLast(({ type }) => type === 'approvals')).toMatchObject({ approvals: [] })
    await started.notice('tasks', ({ tasks }) => tasks[0]?.endedMs !== null && tasks.length === 1)
    expect(existsSync(path.join(started.folder, 'notes.md'))).toBe(replies[1].ok)
  })
})
