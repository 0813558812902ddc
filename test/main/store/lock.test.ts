// The lock on a data folder: whoever reaches the folder by whatever way finds it held.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { holdFolder } from '../../../src/main/store/lock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const onLinux = process.platform === 'linux'

/** A process of its own that says whether it could hold the folder, and keeps it. */
function holder(folder: string, ...before: string[]): Promise<{ said: string; end: () => void }> {
  const code = `import { holdFolder } from ${JSON.stringify(new URL('../../../src/main/store/lock.ts', import.meta.url).href)}
    await holdFolder(${JSON.stringify(folder)}).then(() => console.log('held'), (error) => console.log(error.kind))
    setInterval(() => undefined, 1000)`
  const all = [...before, process.execPath]
  const [command, args] = [all[0] ?? process.execPath, all.slice(1)]
  const child = spawn(command, [...args, '--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return new Promise((resolve) => {
    child.stdout.once('data', (said: Buffer) =>
      resolve({ said: said.toString().trim(), end: () => void child.kill('SIGKILL') }),
    )
  })
}

describe.skipIf(!onLinux)('the lock', () => {
  it('[D209] is the folder’s own: by another path and from another network namespace it is held, too', async () => {
    const folder = temporaryFolder()
    const other = `${folder}-by-another-name`
    symlinkSync(folder, other)
    onTestFinished(() => void spawnSync('/bin/rm', [other]))
    const release = await holdFolder(folder)
    await expect(holdFolder(other)).rejects.toMatchObject({ kind: 'in-use' })
    // Where the system lets us make one; else what such a process does not see is left out.
    const apart = spawnSync('/usr/bin/unshare', ['-rn', 'true']).status === 0 ? ['/usr/bin/unshare', '-rn'] : []
    expect((await holder(folder, ...apart)).said).toBe('in-use')
    await release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('[D209] of a process that was killed is free at once, and taken by one of many', async () => {
    const folder = temporaryFolder()
    const first = await holder(folder)
    expect(first.said).toBe('held')
    await expect(holdFolder(folder)).rejects.toMatchObject({ kind: 'in-use' })
    first.end()
    const until = Date.now() + 5_000
    let held: Awaited<ReturnType<typeof holdFolder>>[] = []
    while (held.length === 0 && Date.now() < until) {
      const tries = await Promise.allSettled(Array.from({ length: 8 }, () => holdFolder(folder)))
      held = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    }
    expect(held).toHaveLength(1)
    await held[0]?.()
  })

  it('[D209] holds in a folder whose path is too long for a socket, and beside a plain file of that name', async () => {
    const folder = join(temporaryFolder(), 'x'.repeat(90), 'y'.repeat(90))
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'lock'), '')
    const release = await holdFolder(folder)
    await expect(holdFolder(folder)).rejects.toMatchObject({ kind: 'in-use' })
    await release()
  })
})
