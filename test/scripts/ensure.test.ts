// The real set-up on a machine that only looks fresh: apt-get and npm are stand-ins on the PATH.
import { spawnSync } from 'node:child_process'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createFreshMachine } from '../support/fresh-machine.ts'
import type { FreshMachine } from '../support/fresh-machine.ts'

let machine: FreshMachine
afterEach(() => machine.remove())

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? ''

describe('set-up', () => {
  it('[K1] makes a fresh machine ready, says what it installs, and does nothing the second time', async () => {
    machine = await createFreshMachine({ isOptimised: false })
    const first = await machine.ensure('--for', 'test').ended
    expect(first).toMatchObject({ exitCode: 0, stdout: '' })
    expect(first.stderr).toContain('Installing system packages with apt: g++ make python3 pulseaudio')
    expect(first.stderr).toContain('Installing the npm packages')

    const calls = await machine.calls()
    expect(calls[0]).toMatch(/^apt-get .*update noninteractive$/)
    expect(calls[1]).toMatch(/^apt-get .*install -y --no-install-recommends g\+\+ .*espeak-ng.* noninteractive$/)
    expect(calls[2]).toMatch(/^npm ci --include=dev .*--ignore-scripts /)
    expect(calls[3]).toMatch(/^npm rebuild naudiodon .*--ignore-scripts=false /)
    expect(calls[4]).toBe("with -Wl,-rpath,'$$ORIGIN'")
    expect(calls).toHaveLength(5)
    expect((await readFile(join(machine.project, 'resources/models/base/decoder.onnx'))).length).toBeGreaterThan(40e6)
    expect((await readFile(join(machine.project, 'resources/models/base/decoder.ort'))).length).toBeGreaterThan(40e6)

    expect(await machine.ensure('--for', 'test').ended).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    expect(await machine.calls()).toHaveLength(5)
  })

  it('[K1] installs only what the purpose needs: the engine alone needs no sound', async () => {
    machine = await createFreshMachine()
    expect((await machine.ensure('--for', 'engine').ended).exitCode).toBe(0)
    expect((await machine.calls())[1]).toMatch(/--no-install-recommends g\+\+ make python3 noninteractive$/)
  })

  it('[K2] without apt it names the parts, installs nothing and fails', async () => {
    machine = await createFreshMachine({ without: ['apt-get'] })
    const { exitCode, stderr } = await machine.ensure('--for', 'talk').ended
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^Parley needs a C\+\+ compiler, make and Python 3, .* called g\+\+ make python3\)\.\n$/)
    expect(await machine.calls()).toEqual([])
  })

  it('[K4] does nothing to a tree made by the person’s own npm, and replaces one whose lockfile has moved on', async () => {
    machine = await createFreshMachine()
    await machine.ensure('--for', 'engine').ended
    const before = await machine.calls()
    await rm(join(machine.project, 'node_modules/.parley-stamp.json'))
    expect(await machine.ensure('--for', 'engine').ended).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await machine.calls()).toEqual(before)

    const packages = { '': { name: 'parley' }, 'node_modules/naudiodon': { version: '2.6.0', integrity: 'sha512-b' } }
    await writeFile(join(machine.project, 'package-lock.json'), JSON.stringify({ packages }))
    expect((await machine.ensure('--for', 'engine').ended).exitCode).toBe(0)
    expect((await machine.calls()).filter((call) => call.startsWith('npm ci'))).toHaveLength(2)
  })

  it('[K5] shows what a failed command printed, ends with the next step, and starts it again next time', async () => {
    machine = await createFreshMachine()
    const repair = await machine.fault('npm-fails')
    const failed = await machine.ensure('--for', 'engine').ended
    expect(failed.exitCode).toBe(1)
    expect(failed.stderr).toContain('npm error network is down')
    expect(failed.stderr).toContain('ended with code 7')
    expect(lastLine(failed.stderr)).toMatch(/^The npm packages could not be installed; .*try the same command again\.$/)
    await repair()
    expect((await machine.ensure('--for', 'engine').ended).exitCode).toBe(0)
    expect((await machine.calls()).filter((call) => call.startsWith('npm ci'))).toHaveLength(2)
  })

  it('[K5] never takes an install that was broken off for a whole one', async () => {
    machine = await createFreshMachine()
    await machine.ensure('--for', 'engine').ended
    await rm(join(machine.project, 'node_modules/naudiodon'), { recursive: true })
    const repair = await machine.fault('npm-fails')
    expect((await machine.ensure('--for', 'engine').ended).exitCode).toBe(1)
    await repair()
    expect((await machine.ensure('--for', 'engine').ended).exitCode).toBe(0)
    expect((await machine.calls()).filter((call) => call.startsWith('npm ci'))).toHaveLength(3)
  })

  it('[K5] tells a person whose npm skips install scripts what to type', async () => {
    machine = await createFreshMachine()
    await machine.fault('npm-skips-scripts')
    const { exitCode, stderr } = await machine.ensure('--for', 'engine').ended
    expect(exitCode).toBe(1)
    expect(lastLine(stderr)).toMatch(/type: npm rebuild --ignore-scripts=false naudiodon$/)
  })

  it('[K5] says so when the packages lack a speech model', async () => {
    machine = await createFreshMachine()
    await machine.ensure('--for', 'engine').ended
    await rm(join(machine.project, 'resources/models'), { recursive: true })
    await rm(join(machine.project, 'node_modules/@ricky0123'))
    const { exitCode, stderr } = await machine.ensure('--for', 'engine').ended
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^The speech models could not be put in place: .*silero.*\n$/)
  })

  it('[K1] goes on when one of apt’s sources is broken, as long as it brings what is wanted', async () => {
    machine = await createFreshMachine()
    await machine.fault('apt-update-fails')
    const { exitCode, stderr } = await machine.ensure('--for', 'engine').ended
    expect(exitCode).toBe(0)
    expect(stderr).toContain('E: a source is broken')
  })

  it('[K5] looks again after apt, and names what is still missing', async () => {
    machine = await createFreshMachine()
    await machine.fault('apt-brings-nothing')
    const { exitCode, stderr } = await machine.ensure('--for', 'engine').ended
    expect(exitCode).toBe(1)
    expect(lastLine(stderr)).toMatch(/no sign of a C\+\+ compiler, make, Python 3;/)
    expect((await machine.calls()).some((call) => call.startsWith('npm'))).toBe(false)
  })

  it('[K6] told to stop, it stops npm too and leaves no lock', async () => {
    machine = await createFreshMachine()
    await machine.fault('npm-waits')
    const run = machine.ensure('--for', 'engine')
    await run.says('Installing the npm packages')
    run.stop('SIGTERM')
    const { exitCode, stderr } = await run.ended
    expect(exitCode).toBe(1)
    expect(stderr).toContain('was ended by SIGTERM')
    expect(await readdir(join(machine.project, '.cache'))).toEqual([])
  })

  it('[K6] two at once take turns, and the second finds everything done', async () => {
    machine = await createFreshMachine()
    const letGo = await machine.fault('npm-waits')
    const first = machine.ensure('--for', 'engine')
    await first.says('Installing the npm packages')
    const second = machine.ensure('--for', 'engine')
    await second.says('Another set-up')
    await letGo()
    expect((await first.ended).exitCode).toBe(0)
    expect((await second.ended).exitCode).toBe(0)
    expect((await machine.calls()).filter((call) => call.startsWith('npm ci'))).toHaveLength(1)
  })

  it('[K6] a lock whose holder died is taken over', async () => {
    machine = await createFreshMachine()
    const dead = spawnSync(process.execPath, ['-e', ''])
    await mkdir(join(machine.project, '.cache'))
    await writeFile(join(machine.project, '.cache/set-up.lock'), String(dead.pid))
    expect((await machine.ensure('--for', 'engine').ended).exitCode).toBe(0)
  })

  it('[K5] an unknown purpose is answered with the known ones', async () => {
    machine = await createFreshMachine()
    const { exitCode, stderr } = await machine.ensure('--for', 'fun').ended
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'Say what for: node scripts/ensure.mjs --for test|talk|engine|bench|start\n',
    })
  })
})
