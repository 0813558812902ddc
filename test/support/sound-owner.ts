// A main process of sound, for tests that end it: opens microphone and speaker and writes the pids of its sound processes.
import { forkHost } from '../../src/main/audio/host-process.ts'
import { createSound } from '../../src/main/audio/sound.ts'
import { systemClock } from '../../src/main/clock.ts'

const pids: (number | undefined)[] = []
const sound = createSound({
  clock: systemClock,
  devices: { microphone: null, speaker: null },
  startHost() {
    const host = forkHost()
    pids.push(host.pid)
    return host
  },
})
await Promise.all([sound.microphone.open(), sound.speaker.open()])
// Answered by the spare: now both are there.
await sound.devices()
process.stdout.write(`${JSON.stringify(pids)}\n`)
