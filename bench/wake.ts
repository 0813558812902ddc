// Called by its name: how many of 400 calls are heard, how soon it opens, and how often other talk opens it. PARLEY_RUNS: minutes
// of other talk, 10 without it.
import { createHearing } from '../src/main/audio/hearing.ts'
import { systemClock } from '../src/main/clock.ts'
import { callAt, callVoices, callWords, listenForCalls, otherTalk } from '../test/support/calls.ts'

const callsEach = Number(process.env['PARLEY_CALLS'] ?? 400)
const talkMinutes = Number(process.env['PARLEY_RUNS'] ?? 10)
const bounds = [
  { overDb: 20, atLeast: 95 },
  { overDb: 10, atLeast: 92 },
  { overDb: 5, atLeast: 80 },
]

export async function run(): Promise<void> {
  const hearing = createHearing({ clock: systemClock })
  const listening = listenForCalls(hearing)
  await hearing.view('Hey Parley')
  try {
    if (callsEach > 0) for (const bound of bounds) await measureCalls(listening, bound)
    await measureTalk(listening)
  } finally {
    listening.stop()
    hearing.stop()
  }
}

type Listening = ReturnType<typeof listenForCalls>

async function measureCalls(
  listening: Listening,
  { overDb, atLeast }: { overDb: number; atLeast: number },
): Promise<void> {
  const byVoice = new Map<string, { heard: number; of: number }>()
  const latencies: number[] = []
  let heard = 0
  for (let call = 0; call < callsEach; call++) {
    const voice = callVoices[call % callVoices.length] ?? 'espeak'
    const words = callWords[Math.floor(call / callVoices.length) % callWords.length] ?? ''
    const { audio, endsMs } = await callAt(words, voice, overDb, call)
    const { calledMs, readMs } = await listening.hear(audio)
    await listening.pause()
    const count = byVoice.get(voice) ?? { heard: 0, of: 0 }
    byVoice.set(voice, { heard: count.heard + (calledMs === null ? 0 : 1), of: count.of + 1 })
    if (calledMs === null) continue
    heard++
    if (endsMs !== null) latencies.push(Math.max(0, calledMs - endsMs) + readMs)
  }
  const percent = (100 * heard) / callsEach
  const verdict = percent >= atLeast ? 'holds' : 'MISSED'
  console.log(
    `${overDb} dB over the noise: ${heard} of ${callsEach} heard, ${percent.toFixed(1)} % (wanted: ${atLeast} %: ${verdict})`,
  )
  console.log(`  ${[...byVoice].map(([voice, one]) => `${voice} ${one.heard}/${one.of}`).join(' · ')}`)
  const sorted = latencies.sort((one, other) => one - other)
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN).toFixed(0)
  console.log(`  end of the phrase to open: ${at(0.5)} ms in the middle, ${at(0.95)} ms for 95 of 100 (wanted: 600)`)
}

async function measureTalk(listening: Listening): Promise<void> {
  let ms = 0
  let told = 0
  const wakes: string[] = []
  for await (const { audio, words } of otherTalk(talkMinutes * 60_000, 11)) {
    const { calledMs } = await listening.hear(audio)
    ms += audio.length / 24
    if (calledMs !== null) wakes.push(words)
    if (Math.floor(ms / 300_000) > told)
      console.log(`  … ${(ms / 60_000).toFixed(0)} minutes, ${wakes.length} false wakes`)
    told = Math.floor(ms / 300_000)
  }
  const most = Math.max(1, Math.round((2 * ms) / 7_200_000))
  console.log(
    `${(ms / 60_000).toFixed(1)} minutes of other talk: ${wakes.length} false wakes (wanted: 2 in 120 minutes; here at most ${most})`,
  )
  for (const words of wakes) console.log(`  “${words}”`)
}
