// What a process that Parley starts is told of Parley's own environment, on real processes.
import { readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { takeSecrets } from '../../src/core/own-environment.ts'
import { entryPath, forkEntry, type ChildEntry } from '../../src/main/child.ts'
import { childEnvironment } from '../../src/main/child-environment.ts'

const canary = 'canary7f3a9c51e2bd4806'
const keys = {
  OPENAI_API_KEY: canary,
  PARLEY_KEY: canary,
  PARLEY_ENGINE_TOKEN: canary,
  GITHUB_TOKEN: canary,
  AWS_SECRET_ACCESS_KEY: canary,
  NPM_CONFIG__AUTH_TOKEN: canary,
  DB_PASSWORD: canary,
  db_passwd: canary,
  AZURE_CREDENTIALS: canary,
  MY_APIKEY: canary,
  GPG_PASSPHRASE: canary,
  SENTRY_DSN: canary,
  HTTPS_PROXY: `http://me:${canary}@proxy.example:3128`,
  http_proxy: `me:${canary}@proxy.example:3128`,
  INNOCENT: `sk-proj-${canary}`,
}
const plain = {
  PATH: '/usr/bin',
  HOME: '/home/me',
  XAUTHORITY: '/x',
  KEYBOARD: 'de',
  SSH_ASKPASS: '/usr/bin/askpass',
  TOKENIZERS: '4',
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus',
}

describe('keys in the environment', () => {
  it('[K40] leave it at the start and stay with those who ask for them by name', () => {
    const env: NodeJS.ProcessEnv = { ...keys, ...plain }
    expect(takeSecrets(env)).toEqual({ ...keys, ...plain })
    expect(env).toEqual(plain)
  })

  it('[K41] a child is given the names of a list, whatever else stands there', () => {
    const env = { ...keys, ...plain, LD_PRELOAD: '/tmp/evil.so', NODE_OPTIONS: '--require=/tmp/evil.js', MINE: '1' }
    expect(childEnvironment(env)).toEqual({ PATH: '/usr/bin', HOME: '/home/me' })
    expect(childEnvironment(env, 'desktop', { MORE: 'x' })).toEqual({
      PATH: '/usr/bin',
      HOME: '/home/me',
      XAUTHORITY: '/x',
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus',
      MORE: 'x',
    })
    expect(childEnvironment({ Path: 'C:\\Windows' })).toEqual({ PATH: 'C:\\Windows' })
  })

  it('[K41] is started from its source, or as bundled where a folder is named', () => {
    onTestFinished(() => void vi.unstubAllEnvs())
    vi.stubEnv('PARLEY_ENTRIES', '')
    expect(entryPath('worker')).toMatch(/src\/main\/agent\/work\/worker\.ts$/)
    vi.stubEnv('PARLEY_ENTRIES', '/bundled')
    expect(entryPath('worker')).toBe('/bundled/worker.js')
  })

  const entries: ChildEntry[] = ['engine', 'audio-host', 'talk-key-host']
  it.each(entries)('[K41] the process %s holds none in its environment and arguments', (entry) => {
    const before = { ...process.env }
    Object.assign(process.env, keys)
    onTestFinished(() => {
      for (const name of Object.keys(keys)) Reflect.deleteProperty(process.env, name)
      Object.assign(process.env, before)
    })
    const child = forkEntry(entry, { PARLEY_ENGINE_DATA: '' })
    onTestFinished(() => void child.kill('SIGKILL'))
    const told = ['environ', 'cmdline'].map((name) => readFileSync(`/proc/${child.pid ?? 0}/${name}`, 'latin1'))
    expect(told.join('')).toContain('PATH=')
    expect(told.join('')).not.toContain(canary)
  })
})
