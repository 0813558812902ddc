// Speech for tests, made by voices that the engine itself does not speak with. Made once, kept in .cache/speech/.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const cacheDir = fileURLToPath(new URL('../../.cache/speech/', import.meta.url))

/** `espeak:` with one of its voices, as `espeak:en-gb+m3`. */
export type TestVoice = 'espeak' | `espeak:${string}` | 'festival-slt' | 'festival-kal'

const festivalVoices = { 'festival-slt': 'voice_cmu_us_slt_arctic_hts', 'festival-kal': 'voice_kal_diphone' } as const

const packagesOf: Record<string, string> = {
  'espeak-ng': 'espeak-ng',
  text2wave: 'festival, festvox-us-slt-hts and festvox-kallpc16k',
  sox: 'sox',
}

async function runTool(tool: string, args: string[]): Promise<void> {
  try {
    await run(tool, args)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new Error(
      `The tests speak with ${tool}, which is not installed here (packages: ${packagesOf[tool] ?? tool}).`,
    )
  }
}

const isFestival = (voice: TestVoice): voice is keyof typeof festivalVoices => voice in festivalVoices

async function synthesise(text: string, voice: TestVoice, folder: string): Promise<string> {
  const spoken = join(folder, 'spoken.wav')
  if (!isFestival(voice)) {
    await runTool('espeak-ng', ['-v', voice.split(':')[1] ?? 'en-us', '-s', '150', '-w', spoken, text])
    return spoken
  }
  const textFile = join(folder, 'text.txt')
  await writeFile(textFile, text)
  await runTool('text2wave', [textFile, '-eval', `(${festivalVoices[voice]})`, '-o', spoken])
  return spoken
}

/** @returns the samples of a mono PCM16 WAV */
function samplesOfWav(wav: Buffer): Int16Array {
  for (let at = 12; at + 8 <= wav.length;) {
    const bytes = wav.readUInt32LE(at + 4)
    if (wav.toString('latin1', at, at + 4) === 'data')
      return new Int16Array(new Uint8Array(wav.subarray(at + 8, at + 8 + bytes)).buffer)
    at += 8 + bytes + (bytes % 2)
  }
  throw new Error('The WAV has no data chunk.')
}

/** @returns 24 kHz mono PCM16 of the words, at about −3 dBFS, with the voice's own silence around them */
export async function say(text: string, { voice = 'espeak' }: { voice?: TestVoice } = {}): Promise<Int16Array> {
  const name = createHash('sha256').update(`1 ${voice} ${text}`).digest('hex').slice(0, 24)
  const kept = join(cacheDir, `${name}.wav`)
  const known = await readFile(kept).catch(() => null)
  if (known) return samplesOfWav(known)
  const folder = await mkdtemp(join(tmpdir(), 'say-'))
  try {
    const spoken = await synthesise(text, voice, folder)
    const made = join(folder, 'made.wav')
    await runTool('sox', ['-R', spoken, '-b', '16', '-c', '1', made, 'rate', '24000', 'norm', '-3'])
    const wav = await readFile(made)
    await mkdir(cacheDir, { recursive: true })
    const half = join(cacheDir, `${name}.${process.pid}.part`)
    await writeFile(half, wav)
    await rename(half, kept)
    return samplesOfWav(wav)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** @returns `durationMs` of digital silence at 24 kHz */
export const silence = (durationMs: number): Int16Array => new Int16Array(Math.round(durationMs * 24))

export function joinAudio(...parts: readonly Int16Array[]): Int16Array {
  const joined = new Int16Array(parts.reduce((samples, part) => samples + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** @returns `audio` without the stretches below −50 dBFS at its ends, so that a test knows where speech begins and ends */
export function trimmed(audio: Int16Array): Int16Array {
  const loud = (sample: number): boolean => Math.abs(sample) > 100
  const first = audio.findIndex(loud)
  return first < 0 ? new Int16Array(0) : audio.slice(first, audio.findLastIndex(loud) + 1)
}
