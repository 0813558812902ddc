import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyNotebook } from '../../../src/engine/notebook/notebook.ts'
import { createNotebookFile } from '../../../src/engine/notebook/notebook-file.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const noted = (text: string) => ({ ...emptyNotebook, notes: [{ text, atMs: 1 }] })

describe('the notebook on disk', () => {
  it('[D232] whatever bit of it decays, the one before is used and the bytes stay; plain ones of before are read', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'notebook.json')
    writeFileSync(path, JSON.stringify(noted('of an older version')))
    expect(await createNotebookFile(folder).load()).toEqual({ notebook: noted('of an older version'), setAside: null })
    const file = createNotebookFile(folder)
    for (const text of ['first', 'second']) await file.save(noted(text))
    const whole = readFileSync(path)
    for (let at = 0; at < whole.length; at += 11) {
      const bent = Buffer.from(whole)
      bent[at] = bent[at]! ^ 1
      writeFileSync(path, bent)
      const { notebook, setAside } = await createNotebookFile(folder).load()
      expect([at, notebook]).toEqual([at, noted('first')])
      expect(readFileSync(setAside!)).toEqual(bent)
    }
  })
})
