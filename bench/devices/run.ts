// Other devices on one conversation: how late they are told, what twenty of them cost the voice’s own path (from the service’s
// frame to the speaker) and this process’s memory. The same talk with none, with twenty, with none again, and with two real browsers.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as passed } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { buildWindow } from '../../scripts/build-window.mjs'
import { beginApp, type BegunApp } from '../../test/support/begun-app.ts'
import { pair, type OpenDoor } from '../../test/support/device-at-door.ts'
import type { Notice } from '../../src/core/ipc.ts'
import type { ScriptedConnection } from '../../test/support/scripted-server.ts'
import { percentile, printTable } from '../statistics.ts'
import type { DevicesNews, DevicesOrder } from './client.ts'
import { noticeKey, sharedNowMs, type TimedKind } from './notice-key.ts'
import { openDevicePages } from './pages.ts'

/** Of the talk without devices and of that with many. */
const talkSeconds = Number(process.env['PARLEY_SECONDS'] ?? 60)
/** Of each half of the talk without any: what it is compared with needs no ten minutes. */
const aloneSeconds = Math.min(talkSeconds / 2, 30)
/** Of the talk with browsers. */
const pageSeconds = Math.min(talkSeconds, 120)
const devices = 20
const answerMs = 3_000
const pieceMs = 200

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const windowFolder = await buildWindow('.cache/window-for-bench')
  const plays: number[] = []
  const settings = { otherDevices: true }
  const begun = await beginApp(folder, {
    windowFolder,
    settings,
    script: { forgetsSound: true },
    onPlay: () => plays.push(performance.now()),
  })
  const told = new Map<string, number>()
  begun.app.hear((notice) => {
    const key = noticeKey(notice)
    if (key !== null && !told.has(key)) told.set(key, sharedNowMs())
  })
  const connection = await begun.live()
  const door = await openDoor(begun)
  const talk = createTalk(begun, connection, plays)

  const memory: string[] = []
  const load: string[] = []
  async function half(seconds: number): Promise<number[]> {
    const delays = await talk(seconds)
    weigh()
    return delays
  }
  function weigh(): void {
    // What the app that is measured keeps, not what tests want to see of it.
    ;(begun.told as Notice[]).length = 0
    memory.push(memoryOf())
    load.push(loadavg()[0]!.toFixed(1))
  }

  await talk(10)
  weigh()
  // Before and after those with devices, since what else the machine does comes and goes.
  const alone = await half(aloneSeconds)
  const cookies = await pairAll(door, devices)
  const crowd = fork(new URL('./client.ts', import.meta.url))
  crowd.send({ type: 'join', port: door.port, cookies } satisfies DevicesOrder)
  await newsOf(crowd, 'joined')
  weigh()
  const withMany = [...(await half(talkSeconds / 2)), ...(await half(talkSeconds / 2))]
  crowd.send({ type: 'tell' } satisfies DevicesOrder)
  const { at, lost } = await newsOf(crowd, 'came')
  crowd.kill()
  alone.push(...(await half(aloneSeconds)))

  const pages = await openDevicePages(door.port, cookies.slice(0, 2))
  await talk(pageSeconds)
  await passed(500)
  const painted = await pages.painted()
  await pages.close()
  await begun.stop()
  await rm(folder, { recursive: true, force: true })

  const ms = (values: readonly number[]): string => `${percentile(values, 0.95).toFixed(1)} ms`
  const late = (came: readonly (readonly [string, number])[], kind: TimedKind): number[] =>
    came.flatMap(([key, atMs]) => {
      const toldMs = key.startsWith(kind) ? told.get(key) : undefined
      return toldMs === undefined ? [] : [atMs - toldMs]
    })
  const slower = percentile(withMany, 0.95) - percentile(alone, 0.95)
  const onBoth = (kind: TimedKind): string => painted.map((one) => ms(late(one, kind))).join(' and ')
  const count = (kind: TimedKind): number => late(painted.flat(), kind).length
  printTable([
    [`service’s frame → speaker, no device, p95 of ${alone.length}`, ms(alone), ''],
    [`the same with ${devices} devices, p95 of ${withMany.length}`, ms(withMany), ''],
    ['slower by', `${slower.toFixed(1)} ms`, '≤ 5 ms'],
    [`${devices} devices: told → there, a change, p95 of ${late(at, 'change').length}`, ms(late(at, 'change')), ''],
    [`the same, a caption, p95 of ${late(at, 'caption').length}`, ms(late(at, 'caption')), ''],
    ['lines lost', String(lost), '0'],
    [`heap (resident), MiB: ${aloneSeconds} s without devices`, shown(memory, 0, 2), ''],
    [`${talkSeconds} s with ${devices}: begin, middle, end`, shown(memory, 2, 5), 'bounded'],
    [`${aloneSeconds} s without them again`, shown(memory, 4, 6), ''],
    ['load of the machine meanwhile', shown(load, 0, load.length), ''],
    [`phone and tablet in Chromium: told → painted, a change, p95 (${count('change')})`, onBoth('change'), '≤ 100 ms'],
    [`the same, a caption, p95 (${count('caption')})`, onBoth('caption'), '≤ 150 ms'],
  ])
}

const shown = (values: readonly string[], from: number, to: number): string => values.slice(from, to).join(' → ')

function memoryOf(): string {
  collect()
  const { heapUsed, rss } = process.memoryUsage()
  return `${(heapUsed / 2 ** 20).toFixed(1)} (${Math.round(rss / 2 ** 20)})`
}

async function openDoor({ ask, notice }: BegunApp): Promise<OpenDoor> {
  const view = (): ReturnType<OpenDoor['view']> => ask('link', null)
  if ((await view()).door.type !== 'open') await notice('link', ({ link }) => link.door.type === 'open')
  return { ask, view, port: Number(new URL((await view()).addresses.at(-1)!).port) }
}

async function pairAll(door: OpenDoor, count: number): Promise<string[]> {
  const cookies: string[] = []
  for (let at = 0; at < count; at++) {
    // One address may not guess that often.
    cookies.push(await pair(door, ['read', 'type'], `Device ${at}`, `127.0.1.${at + 1}`))
  }
  return cookies
}

async function newsOf<Type extends DevicesNews['type']>(
  child: ReturnType<typeof fork>,
  type: Type,
): Promise<Extract<DevicesNews, { type: Type }>> {
  for (;;) {
    const [news] = (await once(child, 'message')) as [DevicesNews]
    if (news.type === type) return news as Extract<DevicesNews, { type: Type }>
  }
}

/** A typed question and a spoken answer, again and again. @returns the delays from the service’s frame to the speaker, ms */
function createTalk(
  { ask }: BegunApp,
  connection: ScriptedConnection,
  plays: number[],
): (seconds: number) => Promise<number[]> {
  let asked = 0
  return async (seconds) => {
    const delays: number[] = []
    const untilMs = performance.now() + seconds * 1_000
    while (performance.now() < untilMs) {
      asked += 1
      const ids = { response: `resp_${asked}`, item: `item_${asked}` }
      const request = connection.next('response.create')
      await ask('say', { text: `Question ${asked}` })
      await request
      connection.beginAnswer({ ...ids, previous: null })
      let words = ''
      for (let spokenMs = 0; spokenMs < answerMs; spokenMs += pieceMs) {
        const piece = `${spokenMs === 0 ? '' : ' '}word${spokenMs}`
        words += piece
        const seen = plays.length
        const sentMs = performance.now()
        connection.speak(ids, piece, pieceMs)
        await passed(pieceMs)
        const played = plays[seen]
        if (played !== undefined) delays.push(played - sentMs)
      }
      connection.endAnswer(ids, words)
    }
    return delays
  }
}
