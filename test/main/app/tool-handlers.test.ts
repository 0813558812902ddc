// What the window asks about tools, over real settings.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openWorkshop } from '../../../src/main/agent/workshop.ts'
import { systemClock } from '../../../src/main/clock.ts'
import { createToolHandlers, type ToolHandlers } from '../../../src/main/app/tool-handlers.ts'
import { createToolServerHandlers, type ToolServerHandlers } from '../../../src/main/app/tool-server-handlers.ts'
import { openSettings } from '../../../src/main/store/settings.ts'
import { languageFor } from '../../../src/core/language/language.ts'
import { toolAbout } from '../../../src/renderer/tool-about.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

async function openAnswers(stored?: object): Promise<{ answers: ToolHandlers & ToolServerHandlers; folder: string }> {
  const folder = temporaryFolder()
  const own = join(folder, 'own')
  mkdirSync(own)
  if (stored) writeFileSync(join(own, 'settings.json'), JSON.stringify(stored))
  const settings = await openSettings({ folder: own, random: Math.random })
  expect(settings.trouble).toBeNull()
  const workshop = await openWorkshop({
    clock: systemClock,
    random: Math.random,
    newId: (prefix) => `${prefix}_1`,
    folder: own,
    settings,
    surroundings: { clipboard: null, opener: null },
    env: {},
  })
  onTestFinished(() => workshop.close())
  const change = settings.change.bind(settings)
  const opts = { workshop, settings: () => settings.current(), change }
  return { answers: { ...createToolHandlers(opts), ...createToolServerHandlers(opts) }, folder }
}

const { say } = languageFor('en', [])

describe('the window', () => {
  it('[S24] switches tools; what runs programs is off at first', async () => {
    const { answers, folder } = await openAnswers({ voice: 'older settings', talkKey: '' })
    const stateOf = (views: Awaited<ReturnType<ToolHandlers['tools']>>, name: string): boolean | undefined =>
      views.find((view) => view.name === name)?.on
    const views = await answers.tools(null)
    expect(stateOf(views, 'run_command')).toBe(false)
    expect(stateOf(views, 'read_file')).toBe(true)
    expect(stateOf(views, 'read_clipboard')).toBeUndefined()
    expect(stateOf(await answers['switch-tool']({ tool: 'run_command', on: true }), 'run_command')).toBe(true)
    expect(stateOf(await answers['switch-tool']({ tool: 'read_file', on: false }), 'read_file')).toBe(false)
    const stored = JSON.parse(readFileSync(join(folder, 'own', 'settings.json'), 'utf8')) as object
    expect(stored).toMatchObject({ voice: 'older settings', toolsOn: ['run_command'], toolsOff: ['read_file'] })
    expect(stateOf(await answers['switch-tool']({ tool: 'read_file', on: true }), 'read_file')).toBe(true)
    await expect(answers['switch-tool']({ tool: 'nothing', on: true })).rejects.toThrow('no such tool')
  })

  it('[W226] grants a folder that is named from ~ on', async () => {
    const { answers, folder } = await openAnswers()
    mkdirSync(join(folder, 'Notes'))
    vi.stubEnv('HOME', folder)
    onTestFinished(() => void vi.unstubAllEnvs())
    const { grantedFolders } = await answers['grant-folder']({ path: '~/Notes' })
    expect(grantedFolders).toEqual([join(folder, 'Notes')])
  })

  it('[W230] each of its own tools is told to the person in words of its own', async () => {
    const { answers } = await openAnswers()
    for (const { name, description } of await answers.tools(null)) {
      expect([name, toolAbout(name, say)]).not.toEqual([name, null])
      expect(toolAbout(name, say)).not.toBe(description)
    }
    expect(toolAbout('constructor', say)).toBeNull()
  })

  it('[S24] grants a folder once, and takes it back', async () => {
    const { answers, folder } = await openAnswers()
    mkdirSync(join(folder, 'Notes'))
    await answers['grant-folder']({ path: join(folder, 'Notes') })
    const after = await answers['grant-folder']({ path: `${join(folder, 'Notes')}/.` })
    expect(after.grantedFolders).toEqual([join(folder, 'Notes')])
    await expect(answers['grant-folder']({ path: folder })).rejects.toThrow('own folder')
    const [granted] = after.grantedFolders
    expect((await answers['revoke-folder']({ path: granted! })).grantedFolders).toEqual([])
  })

  it('[S24] names a server once, and forgets it', async () => {
    const { answers } = await openAnswers()
    const server = { kind: 'http', name: 'Far', url: 'http://127.0.0.1:9/mcp', trustsHints: false } as const
    await answers['add-mcp']({ server })
    await expect((async () => answers['add-mcp']({ server: { ...server, name: 'far' } }))()).rejects.toThrow('already')
    expect((await answers['remove-mcp']({ name: 'Far' })).mcpServers).toEqual([])
  })

  it('[S211] sets a header that can be one, for a server at an address, and forgets it with the server', async () => {
    const { answers } = await openAnswers()
    const far = { kind: 'http', name: 'Far', url: 'http://127.0.0.1:9/mcp', trustsHints: false } as const
    const near = { kind: 'stdio', name: 'Near', command: 'nothing', args: [], passEnv: [], trustsHints: false } as const
    await answers['add-mcp']({ server: far })
    await answers['add-mcp']({ server: near })
    const has = async (): Promise<boolean | undefined> =>
      (await answers.servers(null)).find(({ name }) => name === 'Far')?.kept.header
    const set = (name: string, header: string): Promise<unknown> =>
      (async () => answers['set-mcp-header']({ name, header, plain: false }))()
    await expect(set('Far', 'curly “quotes”')).rejects.toThrow('plain ASCII')
    await expect(set('Near', 'abc')).rejects.toThrow('Only a server at an address')
    await expect(set('Nobody', 'abc')).rejects.toThrow('no such server')
    expect(await has()).toBe(false)
    await set('Far', 'abcdefghijkl')
    expect(await has()).toBe(true)
    await answers['remove-mcp']({ name: 'Far' })
    await answers['add-mcp']({ server: far })
    expect(await has()).toBe(false)
    await set('Far', 'abcdefghijkl')
    await answers['remove-mcp-header']({ name: 'Far' })
    expect(await has()).toBe(false)
  })

  it('[S206] starts a server anew, and switches all tools of one', async () => {
    const { answers } = await openAnswers()
    const server = {
      kind: 'stdio',
      name: 'Gone',
      command: 'parley-no-such-program',
      args: [],
      passEnv: [],
      trustsHints: false,
    } as const
    await answers['add-mcp']({ server })
    await expect.poll(async () => (await answers.servers(null))[0]?.state.type).toBe('failed')
    const [anew] = await answers['restart-mcp']({ name: 'Gone' })
    expect(anew?.state.type).toBe('starting')
    await expect((async () => answers['sign-in-mcp']({ name: 'Gone' }))()).rejects.toThrow('at an address')
    expect((await answers['switch-mcp']({ name: 'Gone', on: true })).every(({ from }) => from === 'built-in')).toBe(
      true,
    )
    await expect((async () => answers['restart-mcp']({ name: 'Nobody' }))()).rejects.toThrow('no such server')
  })
})
