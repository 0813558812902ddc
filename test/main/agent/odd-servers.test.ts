// Servers of tools as they are found: each of test/support/tool-servers does one thing as no book says. Real processes.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { offerLimits } from '../../../src/core/agent/limits.ts'
import { mostStarts } from '../../../src/core/agent/tool-server.ts'
import { switchAll } from '../../../src/main/agent/switches.ts'
import { allGone, createNotes, hasty, isThere, odd, oddFolder, openOdd, program } from '../../support/odd-servers.ts'
import { openShop } from '../../support/tool-shop.ts'

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

describe('all of them beside one another', () => {
  it('[S200] none stops another or is started for ever, and nothing of any is left afterwards', async () => {
    const files = readdirSync(oddFolder).map((file) => file.replace('.mjs', ''))
    expect(Object.keys(fates)).toEqual(files.filter((name) => name !== 'speak').sort())
    expect(Object.keys(fates).length).toBeGreaterThanOrEqual(20)
    const notes = createNotes()
    // Some launchers wait for the server that they started, and some do not forward what they are told.
    const inner = `"${process.execPath}" "${join(oddFolder, 'ignores-end.mjs')}" launched; true`
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
    const { workshop, text } = await openOdd('odd-schemas')
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
    const { workshop, text } = await openOdd('errors')
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
    const { workshop, text } = await openOdd('odd-contents')
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
    const dying = await openOdd('dies-in-call')
    expect(await dying.text('die')).toMatch(/^unknown: .*stopped in the middle/)
    const asking = await openOdd('asks-us')
    expect(await asking.text('good')).toBe('ended: asked')
    expect(await asking.text('good')).toBe('ended: asked')
    const old = await openOdd('old-version')
    expect(await old.text('good')).toBe('ended: old')
  })
})
