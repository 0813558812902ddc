// Another user of the machine and a start in the browser: a real start with a key in its environment, and a process of another
// user that looks wherever such a process can.
import { spawn, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { haveBuiltWindow } from '../support/built-window.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { within } from '../support/within.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const canary = 'canary7f3a9c51e2bd4806'
const otherUser = 65_534

function descendantsOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
  return children.flatMap((child) => [child, ...descendantsOf(child)])
}

const tellOf = (pid: number, what: string): string => readFileSync(`/proc/${pid}/${what}`, 'latin1')
const command = (pid: number): string => tellOf(pid, 'cmdline').replaceAll('\0', ' ')

/** What the other user tries; it is given the code as if it had read it somewhere. Prints what it got. */
const probe = `
const fs = require('node:fs'), net = require('node:net')
const { pids, folder, origin, code, engines } = JSON.parse(process.argv[1])
const got = { served: [], files: [], environments: [], arguments: [] }
const attempt = (list, name, act) => { try { list.push([name, String(act()).slice(0, 200)]) } catch {} }
const say = (port, text) => new Promise((resolve) => {
  let answer = ''
  const socket = net.connect(port, '127.0.0.1', () => socket.write(text))
  socket.on('data', (chunk) => (answer += chunk)).on('error', () => undefined).on('close', () => resolve(answer))
})
async function main() {
  attempt(got.files, folder, () => fs.readdirSync(folder))
  attempt(got.files, 'settings', () => fs.readFileSync(folder + '/settings.json'))
  for (const pid of pids) {
    attempt(got.environments, pid, () => fs.readFileSync('/proc/' + pid + '/environ'))
    attempt(got.arguments, pid, () => fs.readFileSync('/proc/' + pid + '/cmdline'))
    attempt(got.files, pid, () => fs.readdirSync('/proc/' + pid + '/fd'))
    attempt(got.files, pid, () => fs.readdirSync('/proc/' + pid + '/cwd'))
    attempt(got.files, pid, () => fs.readFileSync('/proc/' + pid + '/mem'))
  }
  const { host, port } = new URL(origin)
  const end = '\\r\\nConnection: close\\r\\n\\r\\n'
  const asks = [
    [port, 'GET / HTTP/1.1\\r\\nHost: ' + host + end],
    [port, 'POST /enter HTTP/1.1\\r\\nHost: ' + host + '\\r\\nOrigin: ' + origin + '\\r\\nX-Parley-Code: ' + code + '\\r\\nContent-Length: 0' + end],
  ]
  for (const own of engines) asks.push([own, 'GET /v1/models HTTP/1.1\\r\\nHost: 127.0.0.1:' + own + end])
  for (const [to, text] of asks) got.served.push((await say(Number(to), text)).split('\\r\\n')[0])
  console.log(JSON.stringify(got))
}
main()
`

interface Got {
  served: string[]
  files: unknown[]
  environments: unknown[]
  arguments: [number, string][]
}

/** Ports of loopback that these processes listen at. */
function portsOf(pids: readonly number[]): number[] {
  const inodes = new Set(
    pids.flatMap((pid) =>
      readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
        try {
          return [/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1]]
        } catch {
          return []
        }
      }),
    ),
  )
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A' && inodes.has(fields[9]))
    .map((fields) => Number.parseInt(fields[1]!.split(':')[1]!, 16))
}

async function startInBrowser() {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755)
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main/headless.ts', 'window', '--headless'], {
    cwd: root,
    env: { ...process.env, PARLEY_HOME: folder, OPENAI_API_KEY: canary, PARLEY_KEY: canary, GITHUB_TOKEN: canary },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await exited
  })
  // Two lines often come in one piece, and an iterator keeps the second where `once` would miss it.
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const nextLine = (what: string): Promise<string> =>
    within(
      what,
      lines.next().then(({ value, done }) => {
        if (done) throw new Error(`it ended before ${what}`)
        return value
      }),
    )
  const line = await nextLine('the address')
  const [, origin = '', code = ''] = /(http:\/\/[^/]+)\/#code=([\w-]+)/.exec(line) ?? []
  return { child, nextLine, folder, origin, code, pid: child.pid ?? 0 }
}

beforeAll(haveBuiltWindow)

describe('another user of the machine', () => {
  it('[K42] no process that Parley started holds a key of its environment', async () => {
    const { pid } = await startInBrowser()
    // From source, tsx starts its compiler before any line of Parley has run.
    const children = descendantsOf(pid).filter((child) => !command(child).includes('esbuild'))
    expect(children.length).toBeGreaterThan(0)
    for (const child of children)
      for (const what of ['environ', 'cmdline'])
        expect([command(child), what, tellOf(child, what).includes(canary)]).toEqual([command(child), what, false])
    expect(readFileSync(`/proc/${pid}/cmdline`, 'latin1')).not.toContain(canary)
  })

  it('[W83] Enter at the terminal prints a new address', async () => {
    const { child, nextLine, code } = await startInBrowser()
    await nextLine('what Enter does')
    child.stdin.write('\n')
    const again = await nextLine('a new address')
    expect(again).toMatch(/^Parley is at http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]{43}$/)
    expect(again).not.toContain(code)
  })

  // Only root may become somebody else.
  if (process.getuid?.() === 0)
    it('[K43] gets nothing from the list of processes, ports, files and environments, with a good code too', async () => {
      const { pid, folder, origin, code } = await startInBrowser()
      const pids = [pid, ...descendantsOf(pid)]
      const given = JSON.stringify({ pids, folder, origin, code, engines: portsOf(pids) })
      const args = ['-e', probe, given]
      const printed = execFileSync(process.execPath, args, { uid: otherUser, gid: otherUser, cwd: '/', env: {} })
      const got = JSON.parse(printed.toString()) as Got
      expect(got.files).toEqual([])
      expect(got.environments).toEqual([])
      expect(got.served.length).toBeGreaterThanOrEqual(3)
      expect(got.served.filter((line) => !/^HTTP\/1\.1 4(03|21) /.test(line))).toEqual([])
      const shown = got.arguments.map(([, words]) => words).join('\n')
      expect(shown).toContain('headless.ts')
      for (const secret of [canary, code]) expect(shown).not.toContain(secret)
      // The person's own page is still let in by the same code.
      const entered = await fetch(`${origin}/enter`, { method: 'POST', headers: { origin, 'x-parley-code': code } })
      expect(entered.status).toBe(200)
    })
})
