// Plants one breach of every wall in a folder of its own, lets dependency-cruiser judge it by the project's rules, and
// expects exactly these breaches.
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const config = join(root, '.dependency-cruiser.cjs')

/** What each planted file imports; a file not listed is empty. */
const forbidden: [rule: string, file: string, source: string][] = [
  ['no-cycles', 'src/core/cycle-a.ts', `import './cycle-b.ts'`],
  ['no-orphans', 'src/core/orphan.ts', ''],
  ['no-unresolved', 'src/main/nowhere.ts', `import './nothing-here.ts'`],
  ['core-is-pure', 'src/core/with-node.ts', `import 'node:fs'`],
  ['core-is-pure', 'src/core/with-main.ts', `import type { Clock } from '../main/ports.ts'`],
  ['core-is-pure', 'src/core/with-package.ts', `import 'mathjs'`],
  ['types-of-openai-only', 'src/core/with-openai.ts', `import { OpenAI } from 'openai'`],
  ['main-apart', 'src/main/with-engine.ts', `import '../engine/part.ts'`],
  ['main-apart', 'src/main/with-preload.ts', `import type { Part } from '../preload/part.ts'`],
  ['engine-apart', 'src/engine/with-main.ts', `import '../main/ports.ts'`],
  ['listener-apart', 'src/listener/with-main.ts', `import '../main/ports.ts'`],
  ['listener-apart', 'src/listener/with-engine.ts', `import '../engine/part.ts'`],
  ['speech-apart', 'src/speech/with-main.ts', `import '../main/ports.ts'`],
  ['speech-apart', 'src/speech/with-engine.ts', `import '../engine/part.ts'`],
  ['renderer-apart', 'src/renderer/with-speech.ts', `import '../speech/part.ts'`],
  ['listening-in-one-place', 'src/engine/with-http.ts', `import { createServer } from 'node:http'`],
  ['listening-in-one-place', 'src/main/with-net.ts', `import { createServer } from 'node:net'`],
  ['renderer-apart', 'src/renderer/with-main.ts', `import '../main/ports.ts'`],
  ['renderer-without-node', 'src/renderer/with-node.ts', `import 'node:fs'`],
  ['preload-is-a-bridge', 'src/preload/with-main.ts', `import '../main/ports.ts'`],
  ['features-stay-apart', 'src/main/audio/with-store.ts', `import '../store/part.ts'`],
  ['features-stay-apart', 'src/main/net/with-voice.ts', `import '../voice/part.ts'`],
  ['door-electron', 'src/main/with-electron.ts', `import 'electron'`],
  ['door-ws', 'src/main/voice/with-ws.ts', `import 'ws'`],
  [
    'door-naudiodon',
    'src/main/audio/with-addon.ts',
    `export const addon = require('naudiodon/build/Release/naudiodon.node')`,
  ],
  ['door-naudiodon', 'src/engine/with-addon.ts', `import 'naudiodon'`],
  ['door-uiohook-napi', 'src/main/shell/with-hook.ts', `import 'uiohook-napi'`],
  ['door-onnxruntime-node', 'src/engine/with-models.ts', `import 'onnxruntime-node'`],
  ['door-cmu-pronouncing-dictionary', 'src/main/with-sounds.ts', `import 'cmu-pronouncing-dictionary'`],
  ['door-lowdb', 'src/main/store/with-lowdb.ts', `import { Low } from 'lowdb'`],
  ['door-intl-messageformat', 'src/renderer/with-messages.ts', `import 'intl-messageformat'`],
  ['door-undici', 'src/main/agent/with-undici.ts', `import { fetch } from 'undici'`],
  ['door-@modelcontextprotocol', 'src/main/agent/with-mcp.ts', `import '@modelcontextprotocol/sdk/client/index.js'`],
  ['door-@livekit', 'src/main/audio/with-canceller.ts', `import '@livekit/rtc-ffi-bindings'`],
  ['door-@peculiar/x509', 'src/main/link/with-certificate.ts', `import '@peculiar/x509'`],
  ['door-bonjour-service', 'src/main/link/with-mdns.ts', `import 'bonjour-service'`],
  ['door-@jellybrick/dbus-next', 'src/main/shell/with-dbus.ts', `import '@jellybrick/dbus-next'`],
]

const allowed: [file: string, source: string][] = [
  ['src/core/cycle-b.ts', `import './cycle-a.ts'`],
  ['src/core/pure.ts', `import './part.ts'\nimport { z } from 'zod'\nimport type { OpenAI } from 'openai'`],
  [
    'src/main/compose.ts',
    `import './audio/part.ts'\nimport './store/part.ts'\nimport './net/part.ts'\nimport './ports.ts'`,
  ],
  ['src/main/audio/within.ts', `import './part.ts'\nimport '../ports.ts'\nimport '../../core/part.ts'`],
  ['src/main/audio/device.ts', `export const addon = require('naudiodon/build/Release/naudiodon.node')`],
  ['src/main/net/socket.ts', `import 'ws'`],
  ['src/main/voice/session.ts', `import type { WebSocket } from 'ws'\nimport './part.ts'\nimport '../net/part.ts'`],
  ['src/main/store/snapshot.ts', `import 'lowdb'`],
  ['src/main/shell/talk-key-host.ts', `import 'uiohook-napi'`],
  ['src/main/index.ts', `import 'electron'`],
  [
    'src/engine/server.ts',
    `import '../listener/listener.ts'\nimport '../core/part.ts'\nimport '../speech/part.ts'\nimport './part.ts'`,
  ],
  ['src/speech/hearing.ts', `import 'onnxruntime-node'\nimport '../core/part.ts'`],
  ['src/listener/listener.ts', `import 'ws'\nimport 'node:http'`],
  ['src/preload/index.ts', `import 'electron'\nimport '../core/part.ts'\nimport './part.ts'`],
  ['src/renderer/main.ts', `import '../core/part.ts'`],
  ...['core', 'engine', 'preload', 'speech', 'main/audio', 'main/store', 'main/net', 'main/voice'].map(
    (folder): [string, string] => [`src/${folder}/part.ts`, 'export const part = 1'],
  ),
  ['src/main/ports.ts', 'export const clock = 1'],
]

interface Verdict {
  rule: string
  file: string
}

let folder: string
let verdicts: Verdict[]

function cruise(cwd: string): Promise<Verdict[]> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  return new Promise((resolve, reject) => {
    // It ends with the number of breaches as its exit code, so only its output tells whether it worked.
    execFile(
      process.execPath,
      [program, 'src', '--config', config, '-T', 'json'],
      { cwd, maxBuffer: 64e6 },
      (_, stdout, stderr) => {
        if (stdout === '') {
          reject(new Error(stderr))
          return
        }
        const { summary } = JSON.parse(stdout) as {
          summary: { violations: { from: string; rule: { name: string } }[] }
        }
        resolve(summary.violations.map(({ from, rule }) => ({ rule: rule.name, file: from })))
      },
    )
  })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-walls-'))
  for (const [file, source] of [...forbidden.map(([, file, source]) => [file, source] as const), ...allowed]) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), `${source}\n`)
  }
  for (const file of ['tsconfig.base.json', 'package.json']) await cp(join(root, file), join(folder, file))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  verdicts = await cruise(folder)
})
afterAll(() => rm(folder, { recursive: true }))

describe('the walls between the layers', () => {
  it.each(forbidden)('[K8] %s refuses %s', (rule, file) => {
    expect(verdicts.filter((verdict) => verdict.file === file)).toEqual([{ rule, file }])
  })

  it('[K8] every allowed import passes', () => {
    const planted = new Set(forbidden.map(([, file]) => file))
    expect(verdicts.filter((verdict) => !planted.has(verdict.file))).toEqual([])
  })

  it('[K8] no rule is without a breach that it was seen to refuse', () => {
    const { forbidden: rules } = createRequire(import.meta.url)(config) as { forbidden: { name: string }[] }
    expect(rules.map((rule) => rule.name).sort()).toEqual([...new Set(forbidden.map(([rule]) => rule))].sort())
  })
})
