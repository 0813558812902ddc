// The official servers, unmodified, as tools: listed, switched on one by one, called, and killed in the middle of a call.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Workshop } from '../../../src/main/agent/workshop.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { openShop, stdio, until } from '../../support/tool-shop.ts'

const { resolve } = createRequire(import.meta.url)
const everything = join(resolve('@modelcontextprotocol/server-everything/package.json'), '..', 'dist/index.js')
const filesystem = join(resolve('@modelcontextprotocol/server-filesystem/package.json'), '..', 'dist/index.js')

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

  it('[S209] its resources and prompts are read like tools, after a yes, as text from elsewhere', async () => {
    const { use, turnOn, workshop } = await openShop([stdio('everything', everything)])
    const names = ['list_resources', 'read_resource', 'list_prompts', 'get_prompt'].map((name) => `everything__${name}`)
    expect(onNames(workshop)).toEqual([])
    for (const name of names) await turnOn(name)
    const [list, read, listPrompts, getPrompt] = names as [string, string, string, string]
    const [, uri = ''] = /\n(\S+:\/\/\S+) \|/.exec((await use(list, {})).output) ?? []
    const text = await use(read, { uri })
    expect(text.outcome).toBe('ended')
    expect(text.output).toMatch(/^\[Text from the server everything/)
    const [, prompt = ''] = /\n([\w-]*simple[\w-]*) \|/.exec((await use(listPrompts, {})).output) ?? []
    expect((await use(getPrompt, { name: prompt })).output).toContain('\nuser: ')
    expect((await use(read, { uri: 'nothing://there' })).outcome).toBe('failed')
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
