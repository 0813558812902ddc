// The official servers, unmodified, as tools: listed, switched on one by one, called, and killed in the middle of a call.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { McpServer } from '../../../src/core/settings.ts'
import { switchTool } from '../../../src/main/agent/switches.ts'
import { openWorkshop, type Workshop } from '../../../src/main/agent/workshop.ts'
import { systemClock } from '../../../src/main/clock.ts'
import { openSettings, type SettingsStore } from '../../../src/main/store/settings.ts'
import { openToolbox, type OpenedToolbox } from '../../support/opened-toolbox.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const { resolve } = createRequire(import.meta.url)
const everything = join(resolve('@modelcontextprotocol/server-everything/package.json'), '..', 'dist/index.js')
const filesystem = join(resolve('@modelcontextprotocol/server-filesystem/package.json'), '..', 'dist/index.js')

const stdio = (name: string, ...args: string[]): McpServer => ({
  kind: 'stdio',
  name,
  command: process.execPath,
  args,
  passEnv: ['PARLEY_PASSED'],
  trustsHints: false,
})

interface Shop {
  workshop: Workshop
  settings: SettingsStore
  box: OpenedToolbox
  folder: string
  turnOn(name: string): Promise<void>
  /** Calls with a click where one is asked for. */
  use(name: string, given: object): ReturnType<OpenedToolbox['call']>
}

/** Resolves when `holds` does, looked at whenever the workshop changes. */
function until(workshop: Workshop, holds: () => boolean): Promise<void> {
  return new Promise((done) => {
    const look = (): void => {
      if (!holds()) return
      undo()
      done()
    }
    const undo = workshop.onChanged(look)
    look()
  })
}

async function openShop(servers: readonly McpServer[]): Promise<Shop> {
  const folder = temporaryFolder()
  const settings = await openSettings({ folder, random: Math.random })
  await settings.change({ mcpServers: servers })
  let ids = 0
  const workshop = await openWorkshop({
    clock: systemClock,
    random: Math.random,
    newId: (prefix) => `${prefix}_${++ids}`,
    folder,
    settings,
    surroundings: { clipboard: null, opener: null },
    env: { ...process.env, PARLEY_PASSED: 'passed', OPENAI_API_KEY: 'not-for-you' },
  })
  onTestFinished(() => workshop.close())
  const tools: Parameters<typeof openToolbox>[0]['tools'] = new Proxy([], {
    get: (_, name) => Reflect.get(workshop.tools(), name) as unknown,
  })
  const box = openToolbox({ tools })
  await until(workshop, () => workshop.servers().every(({ state }) => state === 'ready'))
  return {
    workshop,
    settings,
    box,
    folder,
    async turnOn(name) {
      const known = workshop.known().find(({ tool }) => tool.name === name)!
      await settings.change(switchTool(known, true, settings.current()))
    },
    async use(name, given) {
      const calling = box.call(name, given)
      const question = await Promise.race([box.asked(), calling.then(() => null)])
      if (question) box.click(question, true)
      return calling
    },
  }
}

const onNames = (workshop: Workshop): string[] =>
  workshop
    .views()
    .filter(({ from, on }) => on && from !== 'built-in')
    .map(({ name }) => name)

describe('a server over pipes', () => {
  it('[S17] brings tools that are off until each is switched on', async () => {
    const { workshop, settings, use, turnOn } = await openShop([stdio('everything', everything)])
    expect(onNames(workshop)).toEqual([])
    expect(workshop.views().find(({ name }) => name === 'everything__echo')).toMatchObject({ risk: 'sends', on: false })
    expect((await use('everything__echo', { message: 'hello' })).outcome).toBe('failed')
    await turnOn('everything__echo')
    expect(onNames(workshop)).toEqual(['everything__echo'])
    const said = await use('everything__echo', { message: 'hello' })
    expect(said.outcome).toBe('ended')
    expect(said.output).toMatch(/^\[Text from the server everything,[^\n]*\n(\S+)\nEcho: hello\n\1$/)
    // The server's command is another: what was switched on is not this one.
    await settings.change({ mcpServers: [stdio('everything', everything, 'stdio')] })
    await until(workshop, () => workshop.known().some(({ tool }) => tool.name === 'everything__echo'))
    expect(onNames(workshop)).toEqual([])
  })

  it('[S20] is given little of the environment', async () => {
    const { use, turnOn } = await openShop([stdio('everything', everything)])
    await turnOn('everything__get-env')
    const { output } = await use('everything__get-env', {})
    expect(output).toContain('"PARLEY_PASSED": "passed"')
    expect(output).not.toContain('not-for-you')
    expect(output).toContain('"PATH"')
  })

  it('[S19] killed in the middle of a call is told, leaves it unknown, and serves again', async () => {
    const { workshop, box, turnOn, use } = await openShop([stdio('everything', everything)])
    await turnOn('everything__trigger-long-running-operation')
    await turnOn('everything__echo')
    const told: string[] = []
    workshop.onTrouble((message) => told.push(message))
    const calling = use('everything__trigger-long-running-operation', { duration: 60, steps: 2 })
    await box.record.stored('tool-started')
    const [server] = workshop.servers()
    process.kill(server!.pid!, 'SIGKILL')
    const outcome = await calling
    expect(outcome.outcome).toBe('unknown')
    expect(outcome.output).toContain('not known whether')
    expect(told).toEqual(['The tool server everything stopped. It is being started again.'])
    await until(workshop, () => workshop.servers()[0]?.state === 'ready')
    expect(workshop.servers()[0]!.pid).not.toBe(server!.pid)
    expect((await use('everything__echo', { message: 'again' })).output).toContain('Echo: again')
  })

  it('[S18] the file server writes and reads where its own arguments let it', async () => {
    const folder = join(temporaryFolder(), 'shared')
    mkdirSync(folder)
    writeFileSync(join(folder, 'a.txt'), 'from the file')
    const { use, turnOn } = await openShop([stdio('files', filesystem, folder)])
    await turnOn('files__read_text_file')
    await turnOn('files__write_file')
    expect((await use('files__read_text_file', { path: join(folder, 'a.txt') })).output).toContain('from the file')
    expect((await use('files__write_file', { path: join(folder, 'b.txt'), content: 'written' })).outcome).toBe('ended')
    expect(readFileSync(join(folder, 'b.txt'), 'utf8')).toBe('written')
    const refused = await use('files__read_text_file', { path: '/etc/hostname' })
    expect(refused).toMatchObject({
      outcome: 'failed',
      output: expect.stringContaining('[Text from the server files') as string,
    })
  })

  it('[S20] ends with Parley, also one that never answers', async () => {
    const place = join(temporaryFolder(), 'pid')
    const source = `require('fs').writeFileSync(process.argv[1], String(process.pid)); setInterval(() => 0, 1000)`
    const { workshop, settings } = await openShop([stdio('everything', everything)])
    const { pid } = workshop.servers()[0]!
    writeFileSync(place, '')
    await settings.change({ mcpServers: [...settings.current().mcpServers, stdio('silent', '-e', source, place)] })
    while (readFileSync(place, 'utf8') === '') await new Promise((look) => setImmediate(look))
    const silent = Number(readFileSync(place, 'utf8'))
    // Parley ends right after: what only a later timer would end stays for good.
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    await workshop.close()
    await Promise.all([gone(pid!), gone(silent)])
  })
})

/** Resolves when the process is; until then the test waits. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await new Promise((look) => setImmediate(look))
  }
}

describe('a server over HTTP', () => {
  it('[S18] is used the same way, and its loss is met the same way', async () => {
    // It listens where it is told and does not say where that is when told 0; a hook of Node's says it.
    const hook = `import net from 'node:net';const listen=net.Server.prototype.listen;
      net.Server.prototype.listen=function(...given){this.once('listening',()=>console.error('AT '+this.address().port));return listen.apply(this,given)}`
    const server = spawn(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, everything, 'streamableHttp'],
      { env: { ...process.env, PORT: '0' }, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    onTestFinished(() => void server.kill('SIGKILL'))
    let port = ''
    for await (const chunk of server.stderr) {
      port = /AT (\d+)/.exec(String(chunk))?.[1] ?? ''
      if (port !== '') break
    }
    const { use, turnOn, workshop } = await openShop([
      { kind: 'http', name: 'remote', url: `http://127.0.0.1:${port}/mcp`, trustsHints: true },
    ])
    await turnOn('remote__get-sum')
    expect((await use('remote__get-sum', { a: 2, b: 40 })).output).toContain('42')
    const lost = new Promise<string>((told) => workshop.onTrouble(told))
    server.kill('SIGKILL')
    await once(server, 'exit')
    expect(['unknown', 'failed']).toContain((await use('remote__get-sum', { a: 2, b: 40 })).outcome)
    expect(await lost).toContain('remote stopped')
  })
})
