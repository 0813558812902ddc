// Main's side of the interruptions that are judged in the sound process (interruptions.ts): what it is told, also the next one
// when it is replaced, and what it decided.
import { createEmitter } from '../../core/emitter.ts'
import type { Floor } from '../ports.ts'
import type { FloorDecision } from './interruptions.ts'
import type { SoundProcess } from './sound-process.ts'

export function createFloor(sound: Pick<SoundProcess, 'post' | 'on'>): Floor {
  const events = createEmitter<{ decided: FloorDecision }>()
  let isListening = false
  let isMuted = false
  let isKeyDown = false
  let isAble = false

  function tellAll(): void {
    if (isListening && !isMuted) sound.post({ type: 'listen', on: true })
    if (isKeyDown) sound.post({ type: 'interruption', event: { type: 'key', down: true } })
  }

  sound.on('started', tellAll)
  sound.on('lost', () => void (isAble = false))
  sound.on('message', (message) => {
    if (message.type === 'judging') isAble = message.able
    if (message.type === 'floor') events.emit('decided', message.decision)
  })

  return {
    listen(on) {
      isListening = on
      sound.post({ type: 'listen', on: on && !isMuted })
    },
    mute(muted) {
      isMuted = muted
      sound.post({ type: 'listen', on: isListening && !muted })
    },
    key(down) {
      isKeyDown = down
      sound.post({ type: 'interruption', event: { type: 'key', down } })
    },
    serviceHears() {
      if (isAble) sound.post({ type: 'interruption', event: { type: 'service' } })
      return isAble
    },
    wordsHeard() {
      sound.post({ type: 'interruption', event: { type: 'words' } })
    },
    isJudging: () => isAble,
    onDecided: (listen) => events.on('decided', listen),
  }
}
