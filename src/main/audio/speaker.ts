// The real speaker: plays through the sound process and keeps what that has not reported as played, so that the next
// process can go on with the rest.
import { createEmitter } from '../../core/emitter.ts'
import { jitterRules } from '../../core/audio/jitter.ts'
import { playoutRules, type Played } from '../../core/audio/playout.ts'
import { samplesToMs } from '../../core/audio/pcm.ts'
import { createUnplayed, type Cut } from '../../core/audio/unplayed.ts'
import type { PlayedItem, SoundTrouble, Speaker } from '../ports.ts'
import { createFloor } from './floor.ts'
import type { FromHost, KeyPlayed } from './messages.ts'
import { watchSpeakerMute } from './speaker-mute.ts'
import type { SoundProcess } from './sound-process.ts'

const tooMuch: SoundTrouble = {
  part: 'speaker',
  message: 'More than ten minutes of speech are waiting to be played; what comes beyond is not spoken.',
  fatal: false,
}

/** @param isMuted whether the system has muted it; null where that is not known */
export function createDeviceSpeaker(sound: SoundProcess, isMuted: () => Promise<boolean | null>): Speaker {
  const events = createEmitter<{ position: PlayedItem; ended: PlayedItem; trouble: SoundTrouble; drained: undefined }>()
  const unplayed = createUnplayed(playoutRules.capacityMs)
  const cuts = new Map<number, { cut: Cut; resolve: (items: PlayedItem[]) => void }>()
  let cutCount = 0
  let underruns = { before: 0, now: 0 }
  let isTooMuchTold = false
  let volume = 1
  let startMs = jitterRules.fewestMs
  let dropped = 0
  const floor = createFloor(sound)

  function tellAll(): void {
    if (volume !== 1) sound.post({ type: 'volume', volume })
    for (const { key, samples, finished } of unplayed.rest()) {
      sound.post({ type: 'play', key, samples })
      if (finished) sound.post({ type: 'finish', key })
    }
  }

  function hear(message: FromHost): void {
    if (message.type === 'progress') noteProgress(message)
    if (message.type === 'cut') settle(message.cut, message.items)
  }

  function noteProgress(progress: FromHost & { type: 'progress' }): void {
    underruns = { ...underruns, now: progress.underruns }
    startMs = progress.startMs
    for (const { key, playedSamples } of progress.ended) {
      const ended = unplayed.ended(key, playedSamples)
      if (ended) events.emit('ended', inMs(ended))
    }
    const at = progress.at && unplayed.played(progress.at.key, progress.at.playedSamples)
    if (at) events.emit('position', inMs(at))
    noteDrained()
  }

  function noteDrained(): void {
    if (!unplayed.isEmpty()) return
    isTooMuchTold = false
    events.emit('drained', undefined)
  }

  function settle(number: number, answer: KeyPlayed[] | null): void {
    const pending = cuts.get(number)
    cuts.delete(number)
    pending?.resolve(pending.cut.settle(answer).map(inMs))
  }

  function cut(): Promise<PlayedItem[]> {
    const forgotten = unplayed.cut()
    cutCount += 1
    const number = cutCount
    const items = new Promise<PlayedItem[]>((resolve) => cuts.set(number, { cut: forgotten, resolve }))
    if (!sound.post({ type: 'cut', cut: number })) settle(number, null)
    noteDrained()
    return items
  }

  sound.on('message', hear)
  sound.on('started', tellAll)
  sound.on('lost', () => {
    underruns = { before: underruns.before + underruns.now, now: 0 }
    for (const number of [...cuts.keys()]) settle(number, null)
  })

  return {
    open: () => sound.open('speaker'),
    play(item, samples) {
      const key = unplayed.push(item, samples)
      if (key !== null) {
        sound.post({ type: 'play', key, samples: compact(samples) })
      } else {
        dropped += samples.length
        if (!isTooMuchTold) events.emit('trouble', tooMuch)
        isTooMuchTold = true
      }
    },
    finish(item) {
      const key = unplayed.finish(item)
      if (key !== null) sound.post({ type: 'finish', key })
    },
    cut,
    floor,
    setVolume(next) {
      volume = next
      sound.post({ type: 'volume', volume })
    },
    onPosition: (listen) => events.on('position', listen),
    onEnded: (listen) => events.on('ended', listen),
    onTrouble(listen) {
      const undos = [
        events.on('trouble', listen),
        sound.on('trouble', (trouble) => trouble.part !== 'microphone' && listen(trouble)),
        watchSpeakerMute(sound, isMuted, listen),
      ]
      return () => undos.forEach((undo) => undo())
    },
    health: () => ({
      queuedMs: samplesToMs(unplayed.queuedSamples()),
      underruns: underruns.before + underruns.now,
      droppedMs: samplesToMs(dropped),
      startMs,
    }),
    drained() {
      if (unplayed.isEmpty()) return Promise.resolve()
      return new Promise((resolve) => {
        const undo = events.on('drained', () => {
          undo()
          resolve()
        })
      })
    },
    async close() {
      await cut()
      await sound.close('speaker')
    },
  }
}

function inMs({ item, playedSamples }: Played): PlayedItem {
  return { item, playedMs: samplesToMs(playedSamples) }
}

/** Electron sends the whole buffer under a view. */
function compact(samples: Int16Array): Int16Array {
  return samples.byteLength === samples.buffer.byteLength ? samples : samples.slice()
}
