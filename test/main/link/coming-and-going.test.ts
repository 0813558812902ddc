// Hours of devices that join, sleep and leave while the conversation goes on and the computer moves between networks. The link's
// clock is the test's; PARLEY_HOURS makes them eight.
import { expect, it } from 'vitest'
import { reduce, type Conversation } from '../../../src/core/conversation/reduce.ts'
import type { StoredChange } from '../../../src/core/conversation/change.ts'
import { dial, pair, startLink, type DeviceSocket, type StartedLink } from '../../support/paired.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { createStillClock } from '../../support/still-clock.ts'

const hours = Number(process.env['PARLEY_HOURS'] ?? 0.3)
const roundMs = 180_000
const beatMs = 5_000
const paired = 6

interface Follower {
  device: DeviceSocket
  /** What it has of the conversation, by the window's own rules. */
  known(): Conversation
  gaps: number
}

async function follow(port: number, cookie: string): Promise<Follower> {
  const changes: StoredChange[] = []
  let known: Conversation | null = null
  const take = (stored: StoredChange): void => {
    if (known === null) return void changes.push(stored)
    if (stored.seq <= known.seq) return
    if (stored.seq !== known.seq + 1) follower.gaps += 1
    known = reduce(known, stored)
  }
  const device = await dial(port, cookie)
  device.socket.on('message', (data: Buffer) => {
    const { notice } = JSON.parse(data.toString('utf8')) as { notice?: { type: string; stored: StoredChange } }
    if (notice?.type === 'change') take(notice.stored)
  })
  const follower: Follower = { device, known: () => known!, gaps: 0 }
  const reply = await device.ask('snapshot', null)
  if (!reply.ok) throw new Error(reply.error.message)
  known = reply.value as Conversation
  for (const one of changes) take(one)
  return follower
}

it('[L255] hours of devices that come and go: no turn lost or doubled on any, and nothing of them stays behind', async () => {
  const clock = createStillClock()
  const random = seededRandom(15)
  let addresses = ['192.168.1.5']
  const places = () => ({ addresses, name: 'parley-app.local', answersTo: new Set(['127.0.0.1', 'localhost']) })
  const started = await startLink({ linkParts: { clock, places } })
  await started.live()
  const cookies: string[] = []
  for (let at = 0; at < paired; at++) {
    // One address may not guess that often.
    cookies.push(await pair(started, ['read', 'type'], `Device ${at}`, `127.0.1.${at + 1}`))
  }
  const waitingAlone = clock.waiting()
  const present = new Map<string, Follower>()
  const said: string[] = []

  async function passRound(): Promise<void> {
    for (let passedMs = 0; passedMs < roundMs; passedMs += beatMs) {
      const pongs = [...present.values()].map(
        ({ device }) => new Promise<void>((resolve) => device.socket.once('ping', () => resolve())),
      )
      clock.pass(beatMs)
      await Promise.all(pongs)
      // The answer to the ping is here when that to a request is.
      await Promise.all([...present.values()].map(({ device }) => device.ask('prove', null)))
    }
  }

  const rounds = Math.max(2, Math.round((hours * 3_600_000) / roundMs))
  for (let round = 0; round < rounds; round++) {
    const cookie = cookies[Math.floor(random() * paired)]!
    const here = present.get(cookie)
    if (here) {
      present.delete(cookie)
      if (random() < 0.5) here.device.socket.terminate()
      else here.device.socket.close()
      await here.device.closed
    } else present.set(cookie, await follow(started.port, cookie))
    if (round % 5 === 4) addresses = [`10.0.${round % 250}.7`, ...(round % 2 === 0 ? ['fd00::7'] : [])]
    const text = `Said in round ${round}`
    said.push(text)
    const [writer] = [...present.values()]
    if (writer && random() < 0.5) await writer.device.ask('say', { text })
    else await started.ask('say', { text })
    await passRound()
    await agree(started, present, said)
  }
  expect([...present.values()].map(({ gaps }) => gaps)).toEqual([...present.values()].map(() => 0))
  for (const { device } of present.values()) {
    device.socket.close()
    await device.closed
  }
  await expect.poll(() => clock.waiting()).toBe(waitingAlone)
  expect((await started.view()).devices.filter(({ isConnected }) => isConnected)).toEqual([])
})

async function agree(
  started: StartedLink,
  present: ReadonlyMap<string, Follower>,
  said: readonly string[],
): Promise<void> {
  const { conversation } = await started.ask('look', null)
  const textsOf = ({ turns }: Pick<Conversation, 'turns'>): string[] => turns.map(({ text }) => text)
  const all = textsOf(conversation)
  expect(all.slice(-said.length)).toEqual(said.slice(-all.length))
  for (const { known } of present.values()) await expect.poll(() => known().seq).toBe(conversation.seq)
  for (const { known } of present.values()) expect(textsOf(known()).slice(-all.length)).toEqual(all)
}
