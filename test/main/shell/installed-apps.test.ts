// Finding an installed app among real desktop entries.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findDesktopEntry, openInstalledApp } from '../../../src/main/shell/installed-apps.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

it('[S25] an app is found by the name that is shown, the person’s own first, and nothing else is started', async () => {
  const [own, shared] = [temporaryFolder(), temporaryFolder()]
  const entry = (folder: string, id: string, lines: string): void =>
    writeFileSync(join(folder, `${id}.desktop`), `[Desktop Entry]\n${lines}\n[Desktop Action New]\nName=New window\n`)
  entry(shared, 'org.example.Text', 'Type=Application\nName=Text Editor\nExec=text %U')
  entry(own, 'my-text', 'Type=Application\nName = text editor\nExec=mine')
  entry(shared, 'hidden', 'Type=Application\nName=Hidden\nNoDisplay=true')
  entry(shared, 'link', 'Type=Link\nName=Link\nURL=file:///etc/passwd')
  expect(await findDesktopEntry('Text Editor', [shared])).toBe('org.example.Text')
  expect(await findDesktopEntry('TEXT EDITOR', [own, shared])).toBe('my-text')
  for (const name of ['Hidden', 'Link', 'New window', 'sh', '../my-text', '--help', ''])
    expect(await findDesktopEntry(name, [own, shared]), name).toBeNull()
  mkdirSync(join(own, 'applications'))
  const env = { XDG_DATA_HOME: own, XDG_DATA_DIRS: shared }
  expect(await openInstalledApp('touch owned', env, 'linux')).toBe(false)
})
