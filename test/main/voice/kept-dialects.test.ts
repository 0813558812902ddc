// What was found of a server, over restarts: a line on a modelled service with the file of a folder, and the next one.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDialects } from '../../../src/main/dialects.ts'
import { says, unknownServer, type Dialect } from '../../support/dialects/dialect.ts'
import { localai } from '../../support/dialects/localai.ts'
import { vllmOmni } from '../../support/dialects/vllm-omni.ts'
import { createModelledLine, type ModelledLine } from '../../support/modelled-line.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const place = { address: 'ws://host/v1', model: 'one' }
const dayMs = 24 * 3_600_000

interface Life {
  line: ModelledLine
  /** The line is over and everything on disk. */
  end(): Promise<void>
}

async function live(
  folder: string,
  { config, habits }: Pick<Dialect, 'config' | 'habits'>,
  {
    mode = 'semantic',
    at = place,
    nowMs = 0,
  }: { mode?: 'semantic' | 'manual'; at?: typeof place; nowMs?: number } = {},
): Promise<Life> {
  const dialects = await openDialects({ folder, clock: { nowMs: () => nowMs }, random: Math.random })
  const line = createModelledLine({ mode, config, habits: habits(), dialect: dialects.of(at, false) })
  return {
    line,
    async end() {
      await line.stop()
      await dialects.settled()
    },
  }
}

/** Settings that went out until the session was live. */
async function settingsSent(folder: string, server: Pick<Dialect, 'config' | 'habits'>, how = {}): Promise<number> {
  const { line, end } = await live(folder, server, how)
  const { length } = (await line.live()).all('session.update')
  await end()
  return length
}

describe('what was found of a server', () => {
  it('[P340] is known to the next Parley: a refused setting is not sent again and not told again', async () => {
    const folder = temporaryFolder()
    expect(await settingsSent(folder, vllmOmni)).toBe(3)
    expect(await settingsSent(folder, vllmOmni)).toBe(1)
    const other = { ...vllmOmni, config: { ...vllmOmni.config, noiseReduction: 'far_field' as const } }
    // What was refused may be taken with another value.
    expect(await settingsSent(folder, other)).toBe(2)
  })

  it('[P340] holds for its address and model, and for a week', async () => {
    const folder = temporaryFolder()
    expect(await settingsSent(folder, vllmOmni)).toBe(3)
    expect(await settingsSent(folder, vllmOmni, { at: { ...place, model: 'other' } })).toBe(3)
    expect(await settingsSent(folder, vllmOmni, { at: { ...place, address: 'ws://other/v1' } })).toBe(3)
    expect(await settingsSent(folder, vllmOmni, { nowMs: 6 * dayMs })).toBe(1)
    expect(await settingsSent(folder, vllmOmni, { nowMs: 8 * dayMs })).toBe(3)
  })

  it.each(['', 'nonsense', '[{"address":7}]', '{"format":"parley-kept","version":1,"value":7}'])(
    '[P341] a file that holds %j is begun anew',
    async (bytes) => {
      const folder = temporaryFolder()
      writeFileSync(join(folder, 'dialects.json'), bytes)
      expect(await settingsSent(folder, vllmOmni)).toBe(3)
      expect(await settingsSent(folder, vllmOmni)).toBe(1)
      expect(readFileSync(join(folder, 'dialects.json'), 'utf8')).not.toContain('Bearer')
    },
  )

  it('[P342] is forgotten when the server does otherwise: a commit that is not answered any more, and one that is by now', async () => {
    const folder = temporaryFolder()
    const turn = async (server: Pick<Dialect, 'config' | 'habits'>, ms: number): Promise<number> => {
      const { line, end } = await live(folder, server, { mode: 'manual' })
      const session = await line.live()
      await line.pressTurn('One.')
      await line.pass(ms)
      await end()
      return session.all('response.create').length
    }
    const plain = { config: unknownServer, habits: () => ({}) }
    expect(await turn(localai, 6_000)).toBe(0)
    // Known to answer by itself, it is waited for, once.
    expect(await turn(plain, 4_000)).toBe(0)
    expect(await turn(plain, 12_000)).toBe(1)
    expect(await turn(plain, 2_000)).toBe(1)
  })

  it('[P342] is forgotten when the server does otherwise: settings that it confirms by now', async () => {
    const folder = temporaryFolder()
    const tamper = says((event) => (event.type === 'session.updated' ? null : event))
    const silent = { config: unknownServer, habits: () => ({ tamper }) }
    const { line, end } = await live(folder, silent)
    await line.live()
    await end()
    const kept = (): string => readFileSync(join(folder, 'dialects.json'), 'utf8')
    expect(kept()).toContain('"confirms":false')
    await settingsSent(folder, { config: unknownServer, habits: () => ({}) })
    expect(kept()).not.toContain('"confirms":false')
  })
})
