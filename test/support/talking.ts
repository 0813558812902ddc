// Runs the talk command as a person would, in a process of its own with a data folder of its own.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeWav } from '../../src/core/audio/wav.ts'
import { within } from './within.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Bundled where that was done for this run (scripts/entries.mjs). */
const { PARLEY_ENTRIES: bundled } = process.env
const headless = bundled ? [join(bundled, 'headless.js')] : ['--import', 'tsx', 'src/main/headless.ts']

export interface Talked {
  code: number
  stdout: string
  stderr: string
  /** The lines of `--json`. */
  lines: Record<string, unknown>[]
}

export function talk(args: readonly string[], home: string, env: Record<string, string> = {}): Promise<Talked> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...headless, 'talk', ...args],
      { cwd: root, env: { ...process.env, PARLEY_HOME: home, ...env }, maxBuffer: 64 * 1024 * 1024, timeout: 90_000 },
      (error, stdout, stderr) => {
        const lines = stdout.split('\n').filter((line) => line.startsWith('{'))
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
        resolve({ code, stdout, stderr, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) })
      },
    )
  })
}

/** Begins a talk that goes on. `printed` resolves with what it printed so far, to either stream, when that matches. */
export function beginTalk(
  args: readonly string[],
  home: string,
  env: Record<string, string> = {},
): { child: ChildProcess; printed: (wanted: RegExp) => Promise<string>; type: (text: string) => void } {
  const child = spawn(process.execPath, [...headless, 'talk', ...args], {
    cwd: root,
    env: { ...process.env, PARLEY_HOME: home, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let paper = ''
  const looks = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => {
      paper += bytes.toString()
      for (const look of looks) look()
    })
  return {
    child,
    type: (text) => void child.stdin.write(text),
    printed(wanted) {
      const there = new Promise<string>((resolve) => {
        const look = (): void => {
          if (!wanted.test(paper)) return
          looks.delete(look)
          resolve(paper)
        }
        looks.add(look)
        look()
      })
      return within(`${String(wanted)} to be printed`, there, { ms: 60_000, seen: () => JSON.stringify(paper) })
    },
  }
}

export async function writeSpeech(folder: string, name: string, samples: Int16Array): Promise<string> {
  const path = join(folder, name)
  const channel = Float32Array.from(samples, (sample) => sample / 32_768)
  await writeFile(path, writeWav({ rateHz: 24_000, channels: [channel] }))
  return path
}
