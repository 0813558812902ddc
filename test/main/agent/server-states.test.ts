// How a server of tools stands through its life: without tools, failing, slow, removed, left behind. Real processes.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { serverLimits } from '../../../src/core/agent/limits.ts'
import { mostStarts } from '../../../src/core/agent/tool-server.ts'
import { allGone, createNotes, hasty, isThere, odd, openOdd, program } from '../../support/odd-servers.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { openShop, until } from '../../support/tool-shop.ts'
import { within } from '../../support/within.ts'

const holder = fileURLToPath(new URL('../../support/holding-tool-servers.ts', import.meta.url))

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
    expect(troubles.filter((one) => one.includes('dies-at-start could not be started'))).toHaveLength(1)
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

  it('[S208] npx, and the server that it started, end with Parley', async () => {
    const notes = createNotes()
    const npx = program('npx', 'npx', '--offline', '--no', 'mcp-server-everything')
    const shop = await openShop([npx], { env: notes.env, clock: hasty })
    // The launcher, and behind it, through a shell or not, the server.
    const pids = notes.marked()
    expect(pids.length).toBeGreaterThanOrEqual(2)
    expect(shop.workshop.known().some(({ tool }) => tool.name === 'npx__echo')).toBe(true)
    await shop.workshop.close()
    await allGone(pids)
    expect(notes.marked()).toEqual([])
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
    const { workshop, text } = await openOdd('only-resources')
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
