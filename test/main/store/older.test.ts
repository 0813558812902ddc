// What an older Parley wrote: a copy of it stays when this one writes it anew.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodeChange, encodeFrame } from '../../../src/core/store/record.ts'
import { openStore } from '../../support/opened-store.ts'
import { said, started } from '../../support/spoken.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('a conversation that an older Parley wrote', () => {
  it('[D229] is copied as it was before anything is written, once', async () => {
    const folder = temporaryFolder()
    const home = join(folder, 'conversations/one')
    mkdirSync(home, { recursive: true })
    const header = encodeFrame(0, { format: 'parley-journal', version: 1, conversation: 'one' })
    const changes = [started('one'), ...said('t')].map((change, at) => encodeChange({ seq: at + 1, atMs: at, change }))
    const bytes = Buffer.concat([header, ...changes])
    writeFileSync(join(home, '00000001.journal'), bytes)
    const store = await openStore(folder, { limits: { snapshotAfterBytes: 1 } })
    for (const turn of ['a', 'b', 'c']) {
      const record = await store.open('one')
      await record.append(said(turn))
      await record.close()
    }
    expect((await store.read('one'))?.turns).toHaveLength(4)
    expect(readdirSync(join(home, 'before-update'))).toEqual(['00000001.journal'])
    expect(readFileSync(join(home, 'before-update/00000001.journal'))).toEqual(bytes)
    const fresh = await store.open('two')
    await fresh.append(said('a'))
    await fresh.close()
    await (await store.open('two')).close()
    expect(readdirSync(join(folder, 'conversations/two'))).not.toContain('before-update')
  })
})
