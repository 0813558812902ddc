// Real programs in a granted folder.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { commandLimits } from '../../../../src/core/agent/limits.ts'
import { createEnclosure } from '../../../../src/main/agent/enclosure.ts'
import { createGrants } from '../../../../src/main/agent/grants.ts'
import { OutcomeUnknown, ToolError, type SettledCall } from '../../../../src/main/agent/tool.ts'
import { systemClock } from '../../../../src/main/clock.ts'
import { createRunCommand } from '../../../../src/main/agent/tools/run-command.ts'
import { watchMainLoop } from '../../../support/main-loop.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

function openFolder(
  env: NodeJS.ProcessEnv = {},
  enclose = createEnclosure,
): {
  folder: string
  settle: (program: string) => Promise<SettledCall>
  run: (program: string, given: string[], signal?: AbortSignal, folder?: string) => Promise<string>
} {
  const folder = join(temporaryFolder(), 'Work')
  mkdirSync(folder)
  const grants = createGrants({ folders: () => [folder], own: join(folder, '..', 'own') })
  const tool = createRunCommand({
    grants,
    clock: systemClock,
    env: { ...process.env, SECRET_KEY: 'not-for-you', ...env },
    enclose,
  })
  return {
    folder,
    async settle(program) {
      const prepared = tool.prepare({ folder: 'Work', program })
      if ('why' in prepared) throw new Error(prepared.why)
      return prepared.settle()
    },
    async run(program, given, signal = new AbortController().signal, where = 'Work') {
      const prepared = tool.prepare({ folder: where, program, arguments: given })
      if ('why' in prepared) throw new Error(prepared.why)
      return (await (await prepared.settle()).run(signal, true)).text
    },
  }
}

const node = (source: string): [string, string[]] => [process.execPath, ['-e', source]]

describe('a program', () => {
  it('[S21] runs in the folder with its arguments as they are and a clean environment', async () => {
    const { folder, run } = openFolder()
    const source = 'console.log(JSON.stringify([process.cwd(), process.argv.slice(1), process.env.SECRET_KEY ?? null]))'
    const printed = await run(process.execPath, ['-e', source, '$HOME; touch owned', '`id`'])
    expect(JSON.parse(printed.split('\n')[1]!)).toEqual([realpathSync(folder), ['$HOME; touch owned', '`id`'], null])
    expect(printed.startsWith('exit code 0\n')).toBe(true)
    expect(await run(...node('console.error("no"); process.exit(3)'))).toBe('exit code 3\nno\n')
  })

  it('[S21] does not run elsewhere, and a missing one is said', async () => {
    const { run } = openFolder()
    const signal = new AbortController().signal
    await expect(run('ls', [], signal, '/')).rejects.toThrow('outside')
    await expect(run('no-such-program', [])).rejects.toThrow(ToolError)
    await expect(run('ls; id', [])).rejects.toThrow('ENOENT')
  })

  it('[S21] that is stopped ends with all that it started', async () => {
    const { folder, run } = openFolder()
    const stop = new AbortController()
    const child = `require('fs').writeFileSync('child', String(process.pid)); setInterval(() => 0, 1000)`
    const parent = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}]); setInterval(() => 0, 1000)`
    writeFileSync(join(folder, 'child'), '')
    const running = run(...node(parent), stop.signal)
    let pid = 0
    while (pid === 0) {
      await new Promise((resolve) => setImmediate(resolve))
      pid = Number(readFileSync(join(folder, 'child'), 'utf8'))
    }
    stop.abort()
    await expect(running).rejects.toThrow(OutcomeUnknown)
    // Dead, though the one who inherits it may not have said goodbye to it yet.
    const state = await import('node:fs/promises').then(({ readFile }) =>
      readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z'),
    )
    expect(state.split(') ')[1]?.[0]).toMatch(/[ZX]/)
  })

  const elsewhere = `require('fs').appendFileSync('pids', process.pid + '\\n'); setInterval(() => 0, 1000)`
  const escapes: [how: string, source: string][] = [
    ['leaves its session', `spawn(process.execPath, ['-e', child], { detached: true, stdio: 'ignore' }).unref()`],
    ['keeps the output open', `spawn(process.execPath, ['-e', child], { detached: true, stdio: 'inherit' }).unref()`],
    [
      'is started by a shell in the background',
      `spawn('sh', ['-c', 'setsid "$0" -e "$1" & setsid "$0" -e "$1" &', process.execPath, child], { stdio: 'ignore' }).unref()`,
    ],
    [
      'leaves twice',
      `spawn(process.execPath, ['-e', 'require("child_process").spawn(process.execPath, ["-e", process.argv[1]], { detached: true, stdio: "ignore" }).unref()', child], { detached: true, stdio: 'ignore' }).unref()`,
    ],
    [
      'clears its environment',
      `spawn(process.execPath, ['-e', child], { detached: true, env: {}, stdio: 'ignore' }).unref()`,
    ],
  ]
  const both = escapes.flatMap(([how, start]) => [true, false].map((hasGroups) => ({ how, start, hasGroups })))
  // Without a control group who leaves and forgets the mark can’t be found; docs/manual-tools.md says so.
  const held = both.filter(({ how, hasGroups }) => hasGroups || how !== 'clears its environment')
  it.each(held)(
    '[S36] a child that $how ends with the call (control groups: $hasGroups)',
    async ({ start, hasGroups }) => {
      const { folder, run } = openFolder({}, () => createEnclosure(hasGroups))
      writeFileSync(join(folder, 'pids'), '')
      const source = `const { spawn } = require('child_process'); const child = ${JSON.stringify(elsewhere)}; ${start}
      const look = setInterval(() => require('fs').readFileSync('pids', 'utf8') && (clearInterval(look), process.exit(7)), 5)`
      expect(await run(...node(source))).toContain('exit code 7')
      const pids = readFileSync(join(folder, 'pids'), 'utf8').trim().split('\n').map(Number)
      expect(pids.length).toBeGreaterThan(0)
      // Who was told to end takes a moment for it on a busy machine.
      for (const pid of pids)
        await expect.poll(() => isAlive(pid), { message: String(pid), timeout: 5_000 }).toBe(false)
    },
  )

  it('[S36] whoever was not found all the same keeps no call open by its output', async () => {
    const { folder, run } = openFolder({}, () => ({ env: {}, enter: () => undefined, end: () => Promise.resolve() }))
    const pids = join(folder, 'pids')
    writeFileSync(pids, '')
    onTestFinished(() => {
      for (const pid of readFileSync(pids, 'utf8').trim().split('\n')) process.kill(Number(pid), 'SIGKILL')
    })
    const source = `const { spawn } = require('child_process'); const child = ${JSON.stringify(elsewhere)}
      spawn(process.execPath, ['-e', child], { detached: true, stdio: 'inherit' }).unref()
      setInterval(() => require('fs').readFileSync('pids', 'utf8') && process.exit(7), 5)`
    expect(await run(...node(source))).toContain('exit code 7')
  })

  it('[S36] a flood of output ends it, and main stays quick', async () => {
    const { run } = openFolder()
    const loop = watchMainLoop()
    const text = await run('yes', ['x'.repeat(1_000)])
    loop.end()
    expect(text).toContain('printed more than')
    expect(text.length).toBeLessThan(70_000)
    expect(loop.longest()).toBeLessThan(250)
  })

  it('[S28] a program may print so much and not a byte more', async () => {
    const { run } = openFolder()
    const print = (bytes: number): Promise<string> =>
      run(...node(`process.stdout.write('x'.repeat(${bytes}), () => process.exit(0))`))
    expect(await print(commandLimits.printedBytes)).toContain('exit code 0')
    expect(await print(commandLimits.printedBytes + 1)).toContain('printed more than')
  })
})

describe('which program it is', () => {
  it('[S36] a file of the same name in the granted folder is not it, wherever the search path leads', async () => {
    const { folder, settle, run } = openFolder({ PATH: `:.:./bin:${process.env['PATH'] ?? ''}:` })
    for (const name of ['true', 'only-here'])
      writeFileSync(join(folder, name), '#!/bin/sh\necho owned\n', { mode: 0o755 })
    const { facts } = await settle('true')
    expect(facts[0]).toEqual({ name: 'Program', value: realpathSync('/usr/bin/true') })
    await expect(settle('only-here')).rejects.toThrow('ENOENT')
    // What it starts in turn is found there neither.
    const paths = await run(...node('console.log(process.env.PATH)'))
    for (const one of paths.split('\n')[1]!.split(':')) expect(one).toMatch(/^\//)
    const own = await settle('./only-here')
    expect(own.facts[0]).toEqual({ name: 'Program', value: join(realpathSync(folder), 'only-here') })
    expect(own.facts.at(-1)!.name).toBe('Take care')
  })

  it.each(['another content', 'another file', 'a link', 'nothing', 'no program'] as const)(
    '[S36] one that has become %s by the time of the yes does not run',
    async (what) => {
      const { folder, settle } = openFolder()
      const program = join(folder, 'tool')
      const proof = join(folder, 'proof')
      writeFileSync(program, '#!/bin/sh\ntrue\n', { mode: 0o755 })
      const settled = await settle('./tool')
      const other = join(folder, 'other')
      writeFileSync(other, `#!/bin/sh\ntouch ${proof}\n`, { mode: 0o755 })
      if (what === 'another content') writeFileSync(program, `#!/bin/sh\ntouch ${proof}\n`)
      if (what === 'another file') renameSync(other, program)
      if (what === 'nothing' || what === 'a link') rmSync(program)
      if (what === 'a link') symlinkSync(other, program)
      if (what === 'no program') chmodSync(program, 0o644)
      await expect(settled.run(new AbortController().signal, true)).rejects.toThrow(ToolError)
      expect(existsSync(proof)).toBe(false)
    },
  )

  it('[S36] the folder that was shown is where it runs, or it does not run', async () => {
    const { folder, settle } = openFolder()
    const settled = await settle('pwd')
    renameSync(folder, `${folder}-moved`)
    mkdirSync(folder)
    await expect(settled.run(new AbortController().signal, true)).rejects.toThrow('moved meanwhile')
    symlinkSync('/', join(folder, '..', 'link'))
    rmSync(folder, { recursive: true })
    renameSync(join(folder, '..', 'link'), folder)
    await expect(settled.run(new AbortController().signal, true)).rejects.toThrow()
  })
})

/** Dead, though the one who inherits it may not have said goodbye to it yet. */
function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

describe('its output', () => {
  it('[S21] keeps no more of its output than a result can have', async () => {
    const { run } = openFolder()
    expect((await run(...node('process.stdout.write("x".repeat(5_000_000))'))).length).toBeLessThan(70_000)
  })
})
