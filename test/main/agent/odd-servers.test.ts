// Servers of tools as they are found: each of test/support/tool-servers does one thing as no book says. Real processes.
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { offerLimits, serverLimits } from '../../../src/core/agent/limits.ts'
import { mostStarts } from '../../../src/core/agent/tool-server.ts'
import type { McpServer } from '../../../src/core/settings.ts'
import { switchAll } from '../../../src/main/agent/switches.ts'
import { systemClock } from '../../../src/main/clock.ts'
import type { Clock } from '../../../src/main/ports.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { openShop, until, type Shop } from '../../support/tool-shop.ts'
import { within } from '../../support/within.ts'

const folder = fileURLToPath(new URL('../../support/tool-servers/', import.meta.url))

const holder = fileURLToPath(new URL('../../support/holding-tool-servers.ts', import.meta.url))
const program = (name: string, command: string, ...args: string[]): McpServer => ({
  kind: 'stdio',
  name,
  command,
  args,
  passEnv: ['ODD_NOTES', 'ODD_SECRET'],
  trustsHints: false,
})
const odd = (name: string, ...more: string[]): McpServer =>
  program(name, process.execPath, join(folder, `${name}.mjs`), name, ...more)

/** Waits are short, so that a whole row of starts fits into a test. */
const hasty: Clock = { ...systemClock, after: (delayMs, act) => systemClock.after(delayMs / 20, act) }

/** What each of them comes to when it is left to itself. */
const fates: Record<string, 'ready' | 'failed' | 'starting'> = {
  'asks-us': 'ready',
  'bad-names': 'ready',
  'broken-schemas': 'ready',
  'dies-after-start': 'failed',
  'dies-at-start': 'failed',
  'dies-in-call': 'ready',
  duplicates: 'ready',
  errors: 'ready',
  'future-version': 'failed',
  'ignores-end': 'ready',
  'leaves-children': 'ready',
  'list-error': 'ready',
  'many-tools': 'ready',
  'never-speaks': 'starting',
  'no-tools': 'ready',
  nulls: 'ready',
  'odd-contents': 'ready',
  'odd-schemas': 'ready',
  'old-version': 'ready',
  'only-resources': 'ready',
  'says-it-back': 'failed',
  'slow-start': 'ready',
  'talks-on-stdout': 'ready',
}

/** Starts written down by the processes themselves. */
interface Notes {
  env: NodeJS.ProcessEnv
  starts(name: string): number
  pids(): number[]
  /** Resolves when so many have written themselves down. */
  noted(count: number): Promise<void>
}

function createNotes(): Notes {
  const file = join(temporaryFolder(), 'notes')
  writeFileSync(file, '')
  const lines = (): string[][] =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' '))
  return {
    env: { ODD_NOTES: file, ODD_SECRET: 'not-to-be-shown-anywhere' },
    starts: (name) => lines().filter(([other]) => other === name).length,
    pids: () => lines().map(([, pid]) => Number(pid)),
    async noted(count) {
      while (lines().length < count) await new Promise((look) => setImmediate(look))
    },
  }
}

/** A process that only waits for its parent's word is none. */
function isThere(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

async function allGone(pids: readonly number[]): Promise<void> {
  const gone = async (): Promise<void> => {
    while (pids.some(isThere)) await new Promise((look) => setImmediate(look))
  }
  await within('every process to be gone', gone(), { seen: () => pids.filter(isThere).join(' ') })
}

async function opened(
  name: string,
  ...more: string[]
): Promise<Shop & { text(tool: string, given?: object): Promise<string> }> {
  const shop = await openShop([odd(name, ...more)])
  return {
    ...shop,
    async text(tool, given = {}) {
      await shop.turnOn(`${name}__${tool}`)
      const { outcome, output } = await shop.use(`${name}__${tool}`, given)
      return `${outcome}: ${output.replace(/^\[Text from[^\n]*\n\S+\n|\n\S+$/g, '').replace(/\[Text from[^\n]*\n\S+\n/, '')}`
    },
  }
}

describe('all of them beside one another', () => {
  it('[S200] none stops another or is started for ever, and nothing of any is left afterwards', async () => {
    const files = readdirSync(folder).map((file) => file.replace('.mjs', ''))
    expect(Object.keys(fates)).toEqual(files.filter((name) => name !== 'speak').sort())
    expect(Object.keys(fates).length).toBeGreaterThanOrEqual(20)
    const notes = createNotes()
    // Some launchers wait for the server that they started, and some do not forward what they are told.
    const inner = `"${process.execPath}" "${join(folder, 'ignores-end.mjs')}" launched; true`
    const launched = program('launched', 'sh', '-c', inner)
    const shop = await openShop([...Object.keys(fates).map((name) => odd(name)), launched], {
      ready: false,
      clock: hasty,
      env: notes.env,
    })
    for (const [name, fate] of Object.entries({ ...fates, launched: 'ready' })) await shop.stands(name, fate)
    for (const [name, fate] of Object.entries(fates))
      if (fate === 'ready') expect([name, notes.starts(name)]).toEqual([name, name === 'leaves-children' ? 3 : 1])
    expect(notes.starts('dies-at-start')).toBe(mostStarts.stdio)
    expect(notes.starts('dies-after-start')).toBe(mostStarts.stdio)
    expect(notes.starts('future-version')).toBeLessThanOrEqual(1)
    await shop.turnOn('talks-on-stdout__good')
    expect((await shop.use('talks-on-stdout__good', {})).output).toContain('done')

    const pids = notes.pids()
    expect(pids.filter(isThere).length).toBeGreaterThan(Object.values(fates).filter((fate) => fate === 'ready').length)
    await shop.workshop.close()
    await allGone(pids)
  })
})

describe('a tool that can’t be used', () => {
  it('[S201] is left out and named with why, whatever is wrong with it, and the others work', async () => {
    const shop = await openShop([odd('bad-names'), odd('broken-schemas'), odd('duplicates'), odd('nulls')])
    const left = async (name: string): Promise<string[]> =>
      (await shop.view(name)).leftOut.map(({ name: tool, why }) => `${tool}: ${why}`)
    expect(await left('bad-names')).toEqual([
      'a tool: it has no name',
      'a tool: it has no name',
      'a tool: it has no name',
      'a tool: it is no description of a tool',
      'a tool: it is no description of a tool',
      'a⟨U+200B⟩b: its name has characters that can’t be seen',
      expect.stringMatching(/^n+…n+: its name is too long$/),
    ])
    expect(await left('broken-schemas')).toEqual([
      'text: its schema is no JSON schema',
      'list: its schema is no JSON schema',
      'string: its schema describes no object',
      'never: its schema is no JSON schema',
      'deep: its schema is nested too deeply',
      'huge: its schema is too large',
    ])
    expect(await left('duplicates')).toEqual([
      'twice: another tool of the server has the same name',
      'a b: its name comes to the same as another tool’s',
    ])
    const names = shop.workshop.known().map(({ tool }) => tool.name)
    for (const name of ['bad-names', 'broken-schemas', 'duplicates', 'nulls']) expect(names).toContain(`${name}__good`)
    expect(names).toContain('duplicates__a_b')
    await shop.turnOn('bad-names__good')
    expect((await shop.use('bad-names__good', { x: 1 })).output).toContain('good {"x":1}')
  })

  it('[S202] odd schemas come to such as models take, and the server gets what the model gave', async () => {
    const { workshop, text } = await opened('odd-schemas')
    const schemaOf = (name: string): unknown =>
      workshop.known().find(({ tool }) => tool.name === `odd-schemas__${name}`)?.tool.parameters
    const empty = { type: 'object', properties: {} }
    for (const name of ['bare', 'absent', 'null', 'everything']) expect(schemaOf(name)).toEqual(empty)
    expect(schemaOf('list')).toEqual({ type: 'object', properties: { list: { type: 'array', items: {} } } })
    const node = (children: object): object => ({
      type: 'object',
      properties: { name: { type: 'string' }, children: { type: 'array', items: children } },
    })
    expect(schemaOf('circle')).toEqual(node(empty))
    expect(schemaOf('union')).toEqual({ type: 'object', properties: { a: { type: 'string' }, b: {} } })
    const given = { name: 'root', children: [{ name: 'leaf', more: { deep: [1, null] } }], unasked: true }
    expect(await text('circle', given)).toBe(`ended: circle ${JSON.stringify(given)}`)
  })

  it('[S203] what is beyond what a model is offered is told, and another one takes its place when one is switched off', async () => {
    const { workshop, settings } = await openShop([odd('many-tools')])
    const own = workshop.tools().length
    const all = Array.from({ length: 100 }, (_, at) => `many-tools__t${at}`)
    const some = workshop.known().filter(({ tool }) => all.indexOf(tool.name) >= 0 && all.indexOf(tool.name) < 70)
    await settings.change(switchAll(some, true, settings.current()))
    const offered = (): string[] => workshop.tools().map(({ name }) => name)
    expect(offered()).toHaveLength(offerLimits.tools)
    expect(offered().slice(own)).toEqual(all.slice(0, offerLimits.tools - own))
    const over = (): string[] => workshop.views().flatMap(({ name, isOver }) => (isOver ? [name] : []))
    expect(over()).toEqual(all.slice(offerLimits.tools - own, 70))
    await settings.change({ toolsOn: settings.current().toolsOn.filter((key) => !key.startsWith('many-tools__t0@')) })
    expect(offered()).not.toContain('many-tools__t0')
    expect(offered()).toContain(all[offerLimits.tools - own])
    expect(over()).toHaveLength(69 - (offerLimits.tools - own))
  })
})

describe('an answer that is no result', () => {
  it('[S204] an error is a failed call with its words, whatever its number, and the server stays', async () => {
    const { workshop, text } = await opened('errors')
    const { pid } = workshop.servers()[0]!
    const refused = 'failed: The server errors refused.\n'
    expect(await text('closed')).toBe(`${refused}The upstream said no.`)
    expect(await text('late')).toBe(`${refused}The upstream was late.`)
    expect(await text('internal')).toBe(`${refused}Something inside broke.`)
    expect(await text('text')).toBe(`${refused}only a text`)
    expect(await text('wordless')).toBe(`${refused}{"code":"E_ODD"}`)
    expect(await text('said')).toBe('failed: The server errors reports an error.\nI could not.')
    expect(await text('good')).toBe('ended: well')
    expect(workshop.servers()).toEqual([{ name: 'errors', state: 'ready', pid }])
  })

  it('[S204] unknown kinds are named, what can be read is read, and what can’t leaves the outcome unknown', async () => {
    const { workshop, text } = await opened('odd-contents')
    expect(await text('unknown')).toBe(
      'ended: [something of the kind “hologram”, which Parley does not know]\nand words',
    )
    expect(await text('structured')).toBe('ended: {"degrees":21}')
    expect(await text('list')).toBe('ended: [1,2]')
    expect(await text('text')).toBe('ended: a text')
    expect(await text('nulls')).toBe('ended: [something that can’t be read]\n\n[a file: ]')
    expect(await text('bare')).toBe('ended: only a text')
    expect(await text('nothing')).toMatch(/^unknown: .*answered something that can’t be read/)
    expect(await text('null')).toMatch(/^unknown: .*answered something that can’t be read/)
    expect(workshop.servers()[0]!.state).toBe('ready')
  })

  it('[S204] one that ends in the middle leaves it unknown; one that asks for things is given none and goes on', async () => {
    const dying = await opened('dies-in-call')
    expect(await dying.text('die')).toMatch(/^unknown: .*stopped in the middle/)
    const asking = await opened('asks-us')
    expect(await asking.text('good')).toBe('ended: asked')
    expect(await asking.text('good')).toBe('ended: asked')
    const old = await opened('old-version')
    expect(await old.text('good')).toBe('ended: old')
  })
})

describe('how a server stands', () => {
  it('[S205] one without tools is ready, also one that is silent when asked for them, and one that can’t list them', async () => {
    const shop = await openShop([odd('no-tools'), odd('only-resources'), odd('list-error')])
    for (const name of ['no-tools', 'only-resources', 'list-error'])
      expect((await shop.view(name)).state).toEqual({ type: 'ready', tools: 0 })
    expect((await shop.view('list-error')).leftOut).toEqual([
      { name: 'all of its tools', why: 'The catalogue is away.' },
    ])
  })

  it('[S206] one that can’t start says why in its own last words, without colours and keys, and starts when told to', async () => {
    const notes = createNotes()
    const missing = program('missing', 'parley-no-such-program')
    const shop = await openShop([odd('dies-at-start'), odd('future-version'), odd('says-it-back'), missing], {
      ready: false,
      clock: hasty,
      env: notes.env,
    })
    const troubles: string[] = []
    shop.workshop.onTrouble((message) => troubles.push(message))
    for (const { settings } of ['dies-at-start', 'future-version', 'says-it-back', 'missing'].map((name) =>
      shop.workshop.server(name)!,
    ))
      await shop.stands(settings.name, 'failed')
    const { state, printed } = await shop.view('dies-at-start')
    expect(state).toEqual({ type: 'failed', why: 'It ended before it was ready (exit code 1).' })
    expect(printed).toEqual(['npm notice', 'Error: no database for ••••', 'key sk-a•••• was refused'])
    expect((await shop.view('missing')).state).toMatchObject({ why: expect.stringContaining('not found') as string })
    expect((await shop.view('future-version')).state).toMatchObject({ why: expect.stringContaining('2099') as string })
    expect(troubles).toContain(
      'The tool server dies-at-start could not be started: It ended before it was ready (exit code 1). It is not started again by itself: see Tools.',
    )
    expect(troubles.filter((one) => one.includes('dies-at-start'))).toHaveLength(1)
    const before = notes.starts('dies-at-start')
    await shop.workshop.server('dies-at-start')!.restart()
    await shop.stands('dies-at-start', 'failed')
    expect(notes.starts('dies-at-start')).toBe(before + mostStarts.stdio)
  })

  it('[S207] a slow start is waited for; how far it is is shown, and that it takes time is told', async () => {
    const shop = await openShop([odd('slow-start', '1000')], { ready: false, clock: hasty })
    const told = new Promise<string>((resolve) => shop.workshop.onTrouble(resolve))
    expect(await told).toMatch(/slow-start is still starting.*waits 2 minutes/)
    expect((await shop.view('slow-start')).state).toMatchObject({ type: 'starting', line: 'Downloading 55 %' })
    await shop.stands('slow-start', 'ready')
    expect(await shop.view('slow-start')).toMatchObject({ state: { type: 'ready', tools: 1 }, printed: [] })
    expect(serverLimits.startMs).toBe(120_000)
  })

  it('[S208] what is removed ends with all that it started, and nothing waits for it', async () => {
    const notes = createNotes()
    const shop = await openShop([odd('leaves-children'), odd('ignores-end'), odd('talks-on-stdout')], {
      env: notes.env,
    })
    await shop.settings.change({ mcpServers: [odd('talks-on-stdout')] })
    const [kept] = shop.workshop.servers()
    await allGone(notes.pids().filter((pid) => pid !== kept!.pid))
    expect(isThere(kept!.pid!)).toBe(true)
  })

  it('[S208] when Parley is killed, nothing of its servers is left either', async () => {
    const notes = createNotes()
    const servers = ['leaves-children', 'ignores-end', 'never-speaks'].map((name) => odd(name))
    const parley = spawn(process.execPath, ['--import', 'tsx', holder, temporaryFolder(), JSON.stringify(servers)], {
      env: { ...process.env, ...notes.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void parley.kill('SIGKILL'))
    for await (const chunk of parley.stdout) if (String(chunk).includes('held')) break
    await within('each to have started', notes.noted(5))
    const pids = notes.pids()
    expect(pids.filter(isThere)).toHaveLength(5)
    parley.kill('SIGKILL')
    await allGone(pids)
  })

  it('[S209] what it has besides tools is asked for like a tool, off at first, and is text from elsewhere', async () => {
    const { workshop, text } = await opened('only-resources')
    const names = workshop.views().filter(({ from }) => from === 'only-resources')
    expect(names.map(({ name, on }) => [name, on])).toEqual([
      ['only-resources__list_resources', false],
      ['only-resources__list_resource_templates', false],
      ['only-resources__read_resource', false],
    ])
    expect(await text('list_resources')).toBe('ended: odd://one | One\n')
    expect(await text('list_resource_templates')).toMatch(/^failed: .*refused\.\nMethod not found$/)
    expect(await text('read_resource', { uri: 'odd://one' })).toBe(
      'ended: the text of odd://one\n[a file: odd://picture]',
    )
    await until(workshop, () => workshop.servers()[0]?.state === 'ready')
  })
})
