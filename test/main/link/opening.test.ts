import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openByPage } from '../../../src/main/link/opening.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('opening the browser', () => {
  it('[W84] hands it a page of the person’s own: the code is in no argument and no environment, and the page goes', async () => {
    const [folder, programs] = [temporaryFolder(), temporaryFolder()]
    const noted = join(programs, 'noted')
    // A browser's opener that notes what every user of the machine could read of it.
    const opener = join(programs, 'xdg-open')
    writeFileSync(opener, `#!/bin/sh\n{ echo "$@"; env; } > "${noted}.part"\nmv "${noted}.part" "${noted}"\n`)
    chmodSync(opener, 0o755)
    const code = 'c'.repeat(43)
    const address = `http://127.0.0.1:4711/#code=${code}`
    const env = { PATH: `${programs}:/usr/bin:/bin`, OPENAI_API_KEY: code }
    const remove = await openByPage({ address, folder, platform: 'linux', env })
    await expect.poll(() => existsSync(noted)).toBe(true)
    const told = readFileSync(noted, 'utf8')
    expect(told).not.toContain(code)
    const page = fileURLToPath(told.split('\n')[0]!)
    expect(readFileSync(page, 'utf8')).toContain(`url=${address}"`)
    expect(statSync(page).mode & 0o777).toBe(0o600)
    await remove()
    expect(readdirSync(folder)).toEqual([])
  })

  it('[W84] where there is no opener, nothing fails', async () => {
    const folder = temporaryFolder()
    const env = { PATH: temporaryFolder() }
    const remove = await openByPage({ address: 'http://127.0.0.1:1/#code=x', folder, platform: 'linux', env })
    await remove()
    expect(readdirSync(folder)).toEqual([])
  })
})
