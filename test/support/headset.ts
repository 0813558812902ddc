// A headset that is plugged into the virtual sound card and pulled out again: a speaker and a microphone of their own, which
// are among the system's devices only while they are there.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'

export type HeadsetPart = 'speaker' | 'microphone'

/** Neither is a part of the other: devices are found by parts of their names, too. */
export const headsetNames = { speaker: 'earpiece', microphone: 'boom' } as const

export interface Headset {
  plug(part: HeadsetPart): Promise<void>
  pull(part: HeadsetPart): Promise<void>
  makeDefault(part: HeadsetPart, isIt: boolean): Promise<void>
  /** Leaves the card as it was. */
  remove(): Promise<void>
}

const run = promisify(execFile)
const pactl = async (...verb: string[]): Promise<string> => (await run('pactl', verb)).stdout.trim()

/** What a plain card has is the default again when the headset is gone. */
const own = { speaker: 'vspeaker', microphone: 'vmic' } as const
const kinds = { speaker: 'sink', microphone: 'source' } as const

export async function createHeadset(): Promise<Headset> {
  const file = process.env['ALSA_CONFIG_PATH'] ?? ''
  const server = process.env['PULSE_SERVER'] ?? ''
  const plain = await readFile(file, 'utf8')
  const modules = new Map<HeadsetPart, string[]>()

  /** The list that programs see: ALSA's names, which the card of PulseAudio does not change by itself. */
  async function tell(): Promise<void> {
    const lines = [...modules.keys()].map((part) => {
      const name = headsetNames[part]
      return `pcm.${name} { type pulse  server "${server}"  device "${name}"  hint { show on description "${name}" } }\n`
    })
    await writeFile(file, plain + lines.join(''))
  }

  async function plug(part: HeadsetPart): Promise<void> {
    const load = (...module: string[]): Promise<string> => pactl('load-module', ...module)
    modules.set(
      part,
      part === 'microphone'
        ? [await load('module-remap-source', 'source_name=boom', 'master=vmic_in.monitor')]
        : [
            await load('module-null-sink', 'sink_name=earpiece', 'rate=48000', 'channels=2'),
            // Without a client in a hurry a null sink renders two seconds at a time.
            await load('module-loopback', 'source=silence', 'sink=earpiece', 'latency_msec=10', 'adjust_time=0'),
          ],
    )
    if (part === 'speaker') await warm()
    await tell()
  }

  /** A null sink renders its first two seconds in one piece; a plug is ready when it is there. */
  async function warm(): Promise<void> {
    const recorder = spawn('parecord', ['--device=earpiece.monitor', '--latency-msec=10', '--raw'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await once(recorder.stdout, 'data')
    recorder.kill('SIGINT')
    await once(recorder, 'exit')
  }

  async function pull(part: HeadsetPart): Promise<void> {
    const loaded = modules.get(part) ?? []
    modules.delete(part)
    await tell()
    // A loopback goes with its sink.
    for (const module of loaded) await pactl('unload-module', module).catch(() => undefined)
  }

  async function makeDefault(part: HeadsetPart, isIt: boolean): Promise<void> {
    await pactl(`set-default-${kinds[part]}`, isIt ? headsetNames[part] : own[part])
  }

  return {
    plug,
    pull,
    makeDefault,
    async remove() {
      for (const part of [...modules.keys()]) await pull(part)
      for (const part of ['speaker', 'microphone'] as const) await makeDefault(part, false)
    },
  }
}
