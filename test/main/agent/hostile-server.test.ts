// Servers of tools that misuse the protocol: what is kept of them is bounded, main stays quick, and the honest one beside goes on.
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { serverLimits } from '../../../src/core/agent/limits.ts'
import { readCall } from '../../../src/main/agent/mcp/answer.ts'
import { startToolServer, type ToolServer } from '../../../src/main/agent/mcp/server.ts'
import { createPace } from '../../../src/main/agent/mcp/pace.ts'
import { toolsOf } from '../../../src/main/agent/mcp/tools.ts'
import { createSessionSecrets } from '../../../src/main/app/session-secrets.ts'
import { systemClock } from '../../../src/main/clock.ts'
import { watchMainLoop } from '../../support/main-loop.ts'

const entry = fileURLToPath(new URL('../../support/hostile-tool-server.mjs', import.meta.url))

const loop = watchMainLoop()
afterAll(() => loop.end())

interface Started {
  server: ToolServer
  troubles: string[]
  until(holds: () => boolean): Promise<void>
}

function start(...args: string[]): Started {
  const troubles: string[] = []
  const server = startToolServer({
    settings: {
      kind: 'stdio',
      name: 'hostile',
      command: process.execPath,
      args: [entry, ...args],
      passEnv: [],
      trustsHints: false,
    },
    clock: systemClock,
    random: Math.random,
    env: process.env,
    secrets: createSessionSecrets({}),
    onChanged(trouble) {
      if (trouble !== null) troubles.push(trouble)
    },
  })
  onTestFinished(() => server.close())
  return {
    server,
    troubles,
    async until(holds) {
      while (!holds()) await new Promise((look) => setImmediate(look))
    },
  }
}

async function listed(...args: string[]): Promise<Started & { names: string[] }> {
  const started = start(...args)
  await started.until(() => started.server.state() === 'ready')
  return { ...started, names: started.server.tools().map(({ name }) => name) }
}

describe('what a server lists', () => {
  it('[S35] endless pages end, and that is told once', async () => {
    const { names, troubles } = await listed('endless pages')
    expect(names).toHaveLength(serverLimits.pages)
    expect(troubles).toEqual([expect.stringContaining('lists more than Parley takes')])
    expect((await listed('the same page again and again')).names).toEqual([])
  })

  it('[S28] so many tools, and not one more', async () => {
    const full = await listed('many tools', String(serverLimits.tools))
    expect([full.names.length, full.troubles.length]).toEqual([serverLimits.tools, 0])
    const more = await listed('many tools', String(serverLimits.tools + 1))
    expect([more.names.length, more.troubles.length]).toEqual([serverLimits.tools, 1])
  })

  it('[S28] a description, a name and a schema as long as they may be, and one character longer', async () => {
    const { descriptionCharacters, nameCharacters, schemaCharacters } = serverLimits
    for (const [length, isWhole] of [
      [descriptionCharacters, true],
      [descriptionCharacters + 1, false],
    ] as const) {
      const { server } = await listed('a long description', String(length))
      expect(server.tools()[0]!.description.includes('…')).toBe(!isWhole)
      expect(server.tools()[0]!.description.length).toBeLessThanOrEqual(descriptionCharacters)
    }
    expect((await listed('a long name', String(nameCharacters))).names).toHaveLength(2)
    expect((await listed('a long name', String(nameCharacters + 1))).names).toEqual(['t'])
    // Of words less is kept, of what is deeper than anybody writes nothing.
    for (const large of [schemaCharacters, 4 * schemaCharacters]) {
      const [tool] = (await listed('a large schema', String(large))).server.tools()
      expect(JSON.stringify(tool!.inputSchema).length).toBeLessThanOrEqual(schemaCharacters)
    }
    expect((await listed('a deep schema', '100')).names).toEqual(['t', 'u'])
    expect((await listed('a deep schema', '200')).names).toEqual(['u'])
    expect((await listed('a large choice', String(4 * schemaCharacters))).names).toEqual(['u'])
  })

  it('[S28] all of it together is bounded', async () => {
    const { server, names, troubles } = await listed('large schemas', '15000')
    const most = Math.floor(serverLimits.listedCharacters / server.tools()[0]!.size)
    expect(names.length).toBe(Math.min(most, 100))
    expect(most).toBeLessThan(100)
    expect(troubles).toHaveLength(1)
  })

  it('[S35] seven megabytes of descriptions keep nobody busy, however often the tools are looked at', async () => {
    const { server } = await listed('long descriptions', String(250_000))
    for (let look = 0; look < 200; look++) {
      const { tools } = toolsOf(server, new Set())
      expect(tools.length).toBe(7)
      expect(JSON.stringify(tools.map(({ tool }) => tool.description)).length).toBeLessThan(8 * 1_100)
    }
    // One message of seven megabytes is more than a message may have: it is never ready, and nothing is kept.
    const huge = start('long descriptions', String(1_000_000))
    await huge.until(() => huge.server.state() === 'waiting')
    expect(huge.server.tools()).toEqual([])
  })
})

describe('a flood', () => {
  it('[S35] of changes is one listing now and one later', async () => {
    const { server, until } = start('changes', '200')
    await until(() => server.tools()[0]?.name === 't3' || server.tools()[0]?.name === 't2')
    const question = { method: 'tools/call', params: { name: 't', arguments: {} }, read: readCall }
    const { text } = (await server.ask(question, new AbortController().signal)) as { text: string }
    expect(Number(text.split(' ')[1])).toBeLessThanOrEqual(3)
  })

  it.each(['a flood of changes', 'a flood of calls', 'a flood of nonsense'])(
    '[S35] %s ends the server and is told',
    async (how) => {
      const { server, troubles, until } = await listed(how)
      await until(() => troubles.length > 0)
      expect(troubles[0]).toContain('stopped')
      expect(server.state()).toBe('waiting')
    },
  )

  it('[S28] so many messages in a second, and not one more', () => {
    let nowMs = 0
    const isInPace = createPace(3, { monotonicMs: () => nowMs })
    expect([isInPace(), isInPace(), isInPace(), isInPace()]).toEqual([true, true, true, false])
    nowMs = 1_000
    expect(isInPace()).toBe(true)
  })
})

describe('main', () => {
  it('[S35] stayed quick through all of it', () => {
    expect(loop.longest()).toBeLessThan(250)
  })
})
