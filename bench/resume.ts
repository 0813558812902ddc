// From the network's return to the first sound that is heard: fifty cuts of one to three seconds in which a question is asked,
// 200 items to restore, a model that takes 300 ms, real sockets and a real speaker stream on a virtual sound card. Beside it,
// in the same run, a client that does as most do: fixed waits of 1, 2, 4 … seconds, and items restored one by one.
import type { Change } from '../src/core/conversation/change.ts'
import { createEngineServer } from '../src/engine/server.ts'
import { systemClock as engineClock } from '../src/engine/clock.ts'
import { createSound } from '../src/main/audio/sound.ts'
import { systemClock } from '../src/main/clock.ts'
import { newId } from '../src/main/new-id.ts'
import { voiceRequest } from '../src/main/net/endpoint.ts'
import { openWebSocket } from '../src/main/net/socket.ts'
import type { Speaker } from '../src/main/ports.ts'
import { createVoiceSession } from '../src/main/voice/session.ts'
import { embeddedVoice } from '../test/support/embedded-voice.ts'
import { createFaultProxy, type FaultProxy } from '../test/support/fault-proxy.ts'
import { createMemoryRecord } from '../test/support/memory-record.ts'
import { tokenForTests } from '../test/support/realtime-client.ts'
import { createScriptedMind } from '../test/support/scripted-mind.ts'
import { createScriptedSpeech } from '../test/support/scripted-speech.ts'
import { seededRandom } from '../test/support/seeded-random.ts'
import { setup } from '../test/support/virtual-sound.ts'
import { askOverNaiveClient } from './naive-client.ts'
import { percentile, printTable } from './statistics.ts'

const cuts = Number(process.env['PARLEY_RUNS'] ?? 50)
const naiveCuts = Math.ceil(cuts / 2.5)
const items = 200
const modelMs = 300

export async function run(): Promise<void> {
  const stopCard = setup()
  const mind = createScriptedMind(async function* () {
    await after(modelMs)
    yield { type: 'text', text: 'Here I am again.' }
  })
  const speech = Promise.resolve(createScriptedSpeech())
  const server = await createEngineServer({
    token: tokenForTests,
    clock: engineClock,
    speech,
    mind,
    onFault: console.error,
  })
  const baseUrl = server.url.replace('http', 'ws')
  const proxy = await createFaultProxy({ target: baseUrl, clock: systemClock, random: Math.random })
  const { speaker } = createSound({ clock: systemClock, devices: { microphone: null, speaker: null } })
  await speaker.open()
  const url = proxy.through(baseUrl)
  const parley = await measureParley(url, proxy, speaker)
  const naive = await measureNaive(url, proxy, speaker)
  await speaker.close()
  await proxy.close()
  await server.close()
  stopCard()
  const figure = (values: readonly number[], of: number): string => `${percentile(values, of).toFixed(0)} ms`
  printTable([
    [`network back to first heard sound, ${parley.length} cuts, ${items} items restored, p50`, figure(parley, 0.5), ''],
    ['the same, p95', figure(parley, 0.95), '≤ 1500 ms'],
    ['the same, longest', figure(parley, 1), ''],
    [`a client with fixed waits, ${naive.length} cuts, p50`, figure(naive, 0.5), ''],
    ['the same, p95', figure(naive, 0.95), ''],
  ])
}

async function measureParley(url: string, proxy: FaultProxy, speaker: Speaker): Promise<number[]> {
  const endpoint = { name: 'bench', model: 'parley-embedded' }
  const session = createVoiceSession({
    clock: systemClock,
    random: Math.random,
    openSocket: openWebSocket,
    request: () => Promise.resolve(voiceRequest({ baseUrl: url, key: tokenForTests }, endpoint.model)),
    record: createMemoryRecord(history),
    speaker,
    config: embeddedVoice('manual'),
    endpoint,
    newId,
  })
  const isLive = (): Promise<void> =>
    new Promise((resolve) => {
      const undo = session.on('phase', ({ type }) => {
        if (type !== 'live') return
        undo()
        resolve()
      })
    })
  const live = isLive()
  session.start()
  await live
  const chance = seededRandom(1)
  const tookMs: number[] = []
  for (let cut = 0; cut < cuts; cut++) {
    cutOff(proxy)
    void session.say(`Are you there, for the ${cut}th time?`)
    await after(1_000 + 2_000 * chance())
    const heard = firstSound(speaker)
    proxy.refuse(false)
    const backMs = systemClock.monotonicMs()
    // As the system tells that there is a network again.
    session.prove()
    tookMs.push((await heard) - backMs)
    await session.hush()
  }
  await session.stop()
  return tookMs
}

async function measureNaive(url: string, proxy: FaultProxy, speaker: Speaker): Promise<number[]> {
  const chance = seededRandom(1)
  const tookMs: number[] = []
  const texts = history.flatMap((change) => ('text' in change ? [change.text] : []))
  for (let cut = 0; cut < naiveCuts; cut++) {
    cutOff(proxy)
    const heard = firstSound(speaker)
    const asked = askOverNaiveClient({ url, speaker, texts, item: `naive ${cut}` })
    await after(1_000 + 2_000 * chance())
    proxy.refuse(false)
    const backMs = systemClock.monotonicMs()
    tookMs.push((await heard) - backMs)
    await speaker.cut()
    ;(await asked).terminate()
  }
  return tookMs
}

function cutOff(proxy: FaultProxy): void {
  proxy.refuse(true)
  proxy.reset()
}

/** When the first sample of the next item left for the device, on the monotonic clock. */
function firstSound(speaker: Speaker): Promise<number> {
  return new Promise((resolve) => {
    const undo = speaker.onPosition(({ playedMs }) => {
      if (playedMs <= 0) return
      undo()
      resolve(systemClock.monotonicMs() - playedMs)
    })
  })
}

const history: Change[] = Array.from({ length: items / 2 }, (_, at): Change[] => [
  { type: 'turn-started', turn: `u${at}`, role: 'user', via: 'voice', after: at === 0 ? null : `a${at - 1}` },
  { type: 'words-heard', turn: `u${at}`, text: `What comes after number ${at}?` },
  { type: 'turn-started', turn: `a${at}`, role: 'assistant', via: 'voice', after: `u${at}` },
  { type: 'words-spoken', turn: `a${at}`, text: `Number ${at + 1} comes after it.`, audioMs: 1_500 },
]).flat()

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
