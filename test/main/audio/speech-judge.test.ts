import { expect, it } from 'vitest'
import { createEmitter } from '../../../src/core/emitter.ts'
import { createDeviceMicrophone } from '../../../src/main/audio/microphone.ts'
import type { FromHost, ToHost } from '../../../src/main/audio/messages.ts'
import type { SoundProcess, SoundProcessEvents } from '../../../src/main/audio/sound-process.ts'
import { createFloor } from '../../../src/main/link/floor.ts'
import { createClockedSpeaker } from '../../support/clocked-speaker.ts'
import { createStillClock } from '../../support/still-clock.ts'

function createProcess() {
  const events = createEmitter<SoundProcessEvents>()
  const posted: ToHost[] = []
  const sound: SoundProcess = {
    open: () => Promise.resolve(),
    close: () => Promise.resolve(),
    prepare: () => undefined,
    post(message) {
      posted.push(message)
      return true
    },
    on: events.on,
    devices: () => Promise.resolve([]),
    choose: () => undefined,
  }
  return {
    sound,
    posted,
    tell: (message: FromHost) => events.emit('message', message),
    start: () => events.emit('started', undefined),
  }
}

const frame = (speech?: number[]): FromHost => ({ type: 'frame', samples: new Int16Array(480), rawPeak: 1, speech })

it('[A271] what is speech is asked of every sound process, and told with the frames', () => {
  const { sound, posted, tell, start } = createProcess()
  const { speech } = createDeviceMicrophone(sound, () => 'unknown')
  const judged: (readonly number[] | null)[] = []
  speech?.onJudged((one) => judged.push(one))
  speech?.listen(true)
  expect(posted).toEqual([{ type: 'watch-speech', on: true }])
  tell(frame([0.2]))
  tell(frame())
  start()
  expect(posted).toHaveLength(2)
  tell({ type: 'no-speech-watch' })
  expect(judged).toEqual([[0.2], null])
})

it('[A271] while another device holds the floor nobody judges what it gives', async () => {
  const { sound, tell } = createProcess()
  const speaker = createClockedSpeaker(createStillClock())
  const floor = createFloor({ microphone: createDeviceMicrophone(sound, () => 'unknown'), speaker })
  const judged: (readonly number[] | null)[] = []
  floor.microphone.speech?.onJudged((one) => judged.push(one))
  await floor.microphone.open()
  await floor.give('phone', createClockedSpeaker(createStillClock()))
  tell(frame([0.9]))
  floor.hear('phone', new Int16Array(480))
  expect(judged).toEqual([null])
  await floor.takeBack('phone')
  tell(frame([0.9]))
  expect(judged).toEqual([null, [0.9]])
})
