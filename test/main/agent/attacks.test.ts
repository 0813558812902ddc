// Over 300 attacks on the real tools, with a person who says yes to everything: nothing outside of the grant is read or changed,
// main lives, and its loop is never long delayed.
import { execFile } from 'node:child_process'
import { linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { promisify } from 'node:util'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorkbench, type Workbench } from '../../../src/main/agent/tools/workbench.ts'
import { systemClock } from '../../../src/main/clock.ts'
import { watchMainLoop, type LoopWatch } from '../../support/main-loop.ts'
import { openToolbox, type OpenedToolbox } from '../../support/opened-toolbox.ts'
import { openSecureSite, type SecureSite } from '../../support/secure-site.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { openToolWorld, type ToolWorld } from '../../support/tool-world.ts'

const secret = 'the-secret-of-somebody'
let loop: LoopWatch
/** By the wall, as a person feels it: printed, since a busy machine is late by itself. */
const delay = monitorEventLoopDelay({ resolution: 5 })
let workbench: Workbench
let site: SecureSite
let attacks = 0
const unhurried = new AbortController().signal
/** So long may an attack work before it is stopped from outside. */
const patienceMs = process.env['PARLEY_RUNS'] ? 4_000 : 1_000

const bombs: Record<string, () => { body: Buffer; encoding?: string; type?: string }> = {
  '/gzip': () => ({ body: gzipSync(Buffer.alloc(200e6)), encoding: 'gzip' }),
  '/br': () => ({ body: brotliCompressSync(Buffer.alloc(50e6)), encoding: 'br' }),
  '/double': () => ({ body: gzipSync(gzipSync(Buffer.alloc(50e6))), encoding: 'gzip' }),
  '/paragraphs': () => ({ body: gzipSync('<p>'.repeat(400_000)), encoding: 'gzip' }),
  '/nested': () => ({ body: Buffer.from('<div>'.repeat(50_000)) }),
  '/entities': () => ({
    body: Buffer.from(`<!DOCTYPE x [<!ENTITY a "${'a'.repeat(1_000)}">]>${'&a;'.repeat(100_000)}`),
    type: 'application/xml',
  }),
  '/json': () => ({ body: Buffer.from('['.repeat(500_000)), type: 'application/json' }),
  '/attributes': () => ({ body: Buffer.from(`<p ${'a=1 '.repeat(300_000)}>`) }),
  '/broken-gzip': () => ({ body: Buffer.from('no gzip at all'), encoding: 'gzip' }),
  '/redirect-file': () => ({ body: Buffer.from('') }),
}

beforeAll(async () => {
  const answers = Object.fromEntries(Object.entries(bombs).map(([path, make]) => [path, make()]))
  workbench = createWorkbench({ clock: systemClock })
  site = await openSecureSite((request, response) => {
    const answer = answers[request.url ?? '']
    if (request.url === '/redirect-file') return response.writeHead(302, { location: 'file:///etc/passwd' }).end()
    if (!answer) return response.writeHead(404).end()
    const { body, encoding, type = 'text/html' } = answer
    return response
      .writeHead(200, { 'content-type': type, ...(encoding ? { 'content-encoding': encoding } : {}) })
      .end(body)
  })
  loop = watchMainLoop()
  delay.enable()
})
afterAll(async () => {
  loop.end()
  delay.disable()
  workbench.close()
  await site.close()
})

interface Scene extends ToolWorld {
  box: OpenedToolbox
  outside: string
  /** Calls, and says yes. */
  attack(tool: string, given: unknown): Promise<string>
}

async function openScene(): Promise<Scene> {
  const clock = createStillClock()
  const world = await openToolWorld({ clock, workbench, pages: site.allowed })
  const { notes, own } = world
  const outside = temporaryFolder()
  writeFileSync(join(outside, 'secret.txt'), secret)
  mkdirSync(join(outside, 'sub'))
  writeFileSync(join(outside, 'sub', 'deep.txt'), secret)
  for (const [name, target] of Object.entries({
    'to-file': join(outside, 'secret.txt'),
    'to-folder': outside,
    'to-own': own,
    'to-root': '/',
    'to-proc': '/proc/self',
    'to-fd': '/proc/self/fd',
    'to-zero': '/dev/zero',
    'to-tty': '/dev/tty',
    'to-nothing': join(outside, 'new.txt'),
    'to-itself': 'to-itself',
    'to-up': '..',
  }))
    symlinkSync(target, join(notes, name))
  linkSync(join(outside, 'secret.txt'), join(notes, 'hard.txt'))
  await promisify(execFile)('mkfifo', [join(notes, 'pipe')])
  mkdirSync(join(notes, '.ssh'))
  writeFileSync(join(notes, '.ssh', 'id_rsa'), secret)
  const box = openToolbox({ clock, tools: world.tools, hasReadUntrusted: true })
  return {
    ...world,
    box,
    outside,
    async attack(tool, given) {
      attacks++
      // The hour of calls must not be what saves us.
      if (attacks % 20 === 0) clock.pass(3_600_000)
      // Its process is there and has its packages, so that all of the time is the attack's.
      if (tool === 'calculate') await workbench.sum('1+1', unhurried)
      if (tool === 'read_page') await workbench.article('<p>x</p>', unhurried)
      const stopping = new AbortController()
      const late = setTimeout(() => stopping.abort(), patienceMs)
      const calling = box.call(tool, given, { signal: stopping.signal }).finally(() => clearTimeout(late))
      const question = await Promise.race([box.asked(), calling.then(() => null)])
      if (question) box.click(question, true)
      return (await calling).output
    },
  }
}

function outsideOf({ outside, own }: Scene): unknown {
  const files = (folder: string): unknown =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('previous'))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name)
        return [path, readFileSync(path, 'latin1'), statSync(path).mode]
      })
  return [files(outside), readFileSync(join(own, 'settings.json'), 'utf8'), readFileSync(join(own, 'notes.md'), 'utf8')]
}

const paths = [
  'to-file',
  'to-folder',
  'to-folder/secret.txt',
  'to-folder/sub/deep.txt',
  'to-folder/new.txt',
  'to-own/settings.json',
  'to-own/notes.md',
  'to-root/etc/passwd',
  'to-proc/environ',
  'to-proc/mem',
  'to-fd/0',
  'to-zero',
  'to-tty',
  'to-nothing',
  'to-itself',
  'to-up/own/settings.json',
  'hard.txt',
  'pipe',
  '.ssh/id_rsa',
  '.ssh/authorized_keys',
  '../own/settings.json',
  '..\\own\\settings.json',
  './../own/settings.json',
  'a/../../own/settings.json',
  'todo.md/../../own/settings.json',
  '/etc/shadow',
  '/proc/self/environ',
  '/dev/zero',
  '/proc/1/root/etc/passwd',
  '//etc/passwd',
  'file:///etc/passwd',
  '~/.ssh/id_rsa',
  '$HOME/.ssh/id_rsa',
  '%2e%2e/own/settings.json',
  '..%c0%afown',
  '\u2024\u2024/own/settings.json',
  'todo.md\0/../x',
  'n'.repeat(300),
  '\u202Etxt.sh',
  'CON\u200B',
]

describe('attacks', () => {
  it.each(paths)('[S12] %j leads nowhere, by no tool', async (path) => {
    const scene = await openScene()
    const before = outsideOf(scene)
    const outputs = [
      await scene.attack('read_file', { path: `Notes/${path}` }),
      await scene.attack('read_file', { path }),
      await scene.attack('list_files', { path: `Notes/${path}`, deep: true }),
      await scene.attack('search_files', { path: `Notes/${path}`, words: secret.slice(0, 10) }),
      await scene.attack('write_file', { path: `Notes/${path}`, text: 'owned', mode: 'append' }),
      await scene.attack('write_file', { path: `Notes/${path}`, text: 'owned', mode: 'replace' }),
      await scene.attack('run_command', { folder: `Notes/${path}`, program: 'touch', arguments: ['owned'] }),
    ]
    expect(outputs.join('\n')).not.toMatch(new RegExp(`${secret}|root:|mcpServers`))
    expect(outsideOf(scene)).toEqual(before)
  })

  it.each([
    'zeros(1e8)',
    'ones(1e4,1e4)*ones(1e4,1e4)',
    '1:1e10',
    'range(0,1e9)',
    '(1e6)!',
    'bignumber(1e5)^bignumber(1e5)',
    'map(1:1e8,f(x)=x)',
    'f(x)=f(x);f(1)',
    'diag(zeros(1e8))',
    'identity(1e5)',
    'random([1e5,1e5])',
    'concat(zeros(1e7),zeros(1e7))',
    'import({a:1})',
    'createUnit("x")',
    'evaluate("1")',
    'parse("1")',
    'constructor',
    'cos.constructor("return process")()',
    '{}.__proto__',
    '"".constructor.constructor("return process.env")()',
    '('.repeat(199) + ')'.repeat(199),
    '-'.repeat(399),
    'inv(random([2000,2000]))',
    'combinations(1e9,5e8)',
    'primeFactors(1e15)',
  ])('[S26] the sum %s does nothing and ends', async (expression) => {
    const scene = await openScene()
    const output = await scene.attack('calculate', { expression })
    expect(output).not.toMatch(/PATH|HOME|process/)
    expect(output.length).toBeLessThan(50_000)
  })

  it.each(Object.keys(bombs))('[S15] the page %s neither ends nor stops main', async (path) => {
    const scene = await openScene()
    const output = await scene.attack('read_page', { address: `${site.origin}${path}` })
    expect(output.length).toBeLessThan(50_000)
    expect(output).not.toContain('root:')
  })

  it.each([
    '['.repeat(100_000),
    `{"path":${'['.repeat(200)}${']'.repeat(200)}}`,
    `{"path":"${'x'.repeat(300_000)}"}`,
    '{"path":"todo.md","text":"x","__proto__":{"mode":"replace"}}',
    '{"path":"todo.md","path":"/etc/passwd"}',
    '{"constructor":{"prototype":{"x":1}}}',
    '\u0000',
    '{"path":1e999}',
    `{${Array.from({ length: 20_000 }, (_, at) => `"k${at}":${at}`).join(',')}}`,
    '"todo.md"',
  ])('[S3] arguments number %#: nothing is written', async (text) => {
    const scene = await openScene()
    const before = readFileSync(join(scene.notes, 'todo.md'), 'utf8')
    for (const tool of ['write_file', 'undo_write']) expect((await scene.attack(tool, text)).length).toBeLessThan(3_000)
    expect(readFileSync(join(scene.notes, 'todo.md'), 'utf8')).toBe(before)
  })

  it('[S27] a folder that is swapped for a link the whole time is never left', async () => {
    const scene = await openScene()
    const { notes, outside } = scene
    const [inside, aside, link] = ['in', 'aside', 'link'].map((name) => join(notes, name)) as [string, string, string]
    mkdirSync(inside)
    symlinkSync(outside, link)
    const before = outsideOf(scene)
    const over = new AbortController()
    const swapping = (async () => {
      while (!over.signal.aborted) {
        await rename(inside, aside).catch(() => undefined)
        await rename(link, inside).catch(() => undefined)
        await rename(inside, link).catch(() => undefined)
        await rename(aside, inside).catch(() => undefined)
      }
    })()
    const outputs: string[] = []
    for (let round = 0; round < 25; round++) {
      outputs.push(await scene.attack('read_file', { path: 'Notes/in/secret.txt' }))
      outputs.push(await scene.attack('search_files', { path: 'Notes/in', words: 'somebody' }))
      outputs.push(await scene.attack('write_file', { path: `Notes/in/new${round}.txt`, text: 'owned' }))
      outputs.push(await scene.attack('write_file', { path: 'Notes/in/secret.txt', text: 'owned', mode: 'replace' }))
    }
    over.abort()
    await swapping
    expect(outputs.join('\n')).not.toContain(secret)
    expect(outsideOf(scene)).toEqual(before)
  })

  it('[S12] a socket in the folder is nobody’s file', async () => {
    const scene = await openScene()
    const server = createServer().listen(join(scene.notes, 'socket'))
    await new Promise((listening) => server.once('listening', listening))
    expect(await scene.attack('read_file', { path: 'Notes/socket' })).toContain('not a file')
    expect(await scene.attack('write_file', { path: 'Notes/socket', text: 'x', mode: 'replace' })).toContain(
      'not a file',
    )
    server.close()
  })
  it('[S26] all of them were more than 300, and main was never long away', () => {
    expect(attacks).toBeGreaterThan(300)
    console.log(
      `${attacks} attacks; main's loop was late by ${(delay.percentile(99) / 1e6).toFixed(1)} ms (p99); its longest turn took ${loop.longest()} ms of processor time`,
    )
    expect(loop.longest()).toBeLessThan(250)
  })
})
