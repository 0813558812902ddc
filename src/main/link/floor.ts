// Whose microphone and loudspeaker the conversation has: this computer's, or those of the one device that holds the floor. When it
// moves, what has not sounded yet sounds where it moved to, and positions go on from where they were.
import { createEmitter } from '../../core/emitter.ts'
import type { Microphone, PlayedItem, SoundTrouble, Speaker, Undo } from '../ports.ts'

export interface Floor {
  microphone: Microphone
  speaker: Speaker
  /** Id of the device that holds it; null: this computer. */
  holder(): string | null
  /** From another holder, too: taken by a press. Resolves when sound goes there. */
  give(holder: string, speaker: Speaker): Promise<void>
  /** Back to this computer, unless somebody else holds it by now. Null: whoever holds it. */
  takeBack(holder: string | null): Promise<void>
  /** 480 samples of the device that holds it; of any other they are nothing. */
  hear(holder: string, frame: Int16Array): void
  onMoved(listen: () => void): Undo
}

interface Held {
  chunks: Int16Array[]
  /** What had sounded elsewhere before. */
  beforeMs: number
  isFinished: boolean
}

const samplesPerMs = 24

export function createFloor(here: { microphone: Microphone; speaker: Speaker }): Floor {
  const { floor: judge, setVolume } = here.speaker
  const { speech } = here.microphone
  const events = createEmitter<{
    frame: Int16Array
    judged: readonly number[] | null
    trouble: SoundTrouble
    position: PlayedItem
    ended: PlayedItem
    moved: null
  }>()
  /** In the order of their first samples. */
  const items = new Map<string, Held>()
  let far: { id: string; speaker: Speaker; undo: Undo } | null = null
  let isListening = false
  let isPlaying = false
  /** It stays so while a device has the floor. */
  let isOpenHere = false
  let last: Promise<unknown> = Promise.resolve()
  /** While it moves, what comes waits for where it goes. */
  let isMoving = false

  const speaker = (): Speaker => far?.speaker ?? here.speaker

  here.microphone.onFrame((frame) => far === null && events.emit('frame', frame))
  speech?.onJudged((judged) => far === null && events.emit('judged', judged))
  here.microphone.onTrouble((trouble) => far === null && events.emit('trouble', trouble))
  here.speaker.onTrouble((trouble) => {
    if (trouble.fatal && trouble.part === 'speaker') isOpenHere = false
    if (far === null) events.emit('trouble', trouble)
  })
  follow(here.speaker, () => far === null)

  function follow(speaker: Speaker, isIts: () => boolean): Undo {
    const undos = [
      speaker.onPosition((at) => isIts() && !isMoving && events.emit('position', withBefore(at))),
      speaker.onEnded((at) => {
        if (!isIts() || isMoving) return
        const whole = withBefore(at)
        items.delete(at.item)
        events.emit('ended', whole)
      }),
    ]
    return () => undos.forEach((undo) => undo())
  }

  const withBefore = ({ item, playedMs }: PlayedItem): PlayedItem => ({
    item,
    playedMs: playedMs + (items.get(item)?.beforeMs ?? 0),
  })

  function inTurn(act: () => Promise<void>): Promise<void> {
    const done = last.then(act)
    last = done.catch(() => undefined)
    return done
  }

  async function move(next: { id: string; speaker: Speaker } | null): Promise<void> {
    isMoving = true
    const played = await speaker()
      .cut()
      .catch(() => [])
    for (const { item, playedMs } of played) shorten(item, playedMs)
    far?.undo()
    if (next === null) far = null
    else far = { ...next, undo: follow(next.speaker, () => far?.speaker === next.speaker) }
    if (next === null) await openHere()
    else if (isListening) await here.microphone.close().catch(() => undefined)
    isMoving = false
    for (const [item, held] of [...items]) {
      for (const chunk of held.chunks) speaker().play(item, chunk)
      if (!held.isFinished) continue
      if (held.chunks.length > 0) speaker().finish(item)
      else {
        // Its last sample had sounded while it moved.
        items.delete(item)
        events.emit('ended', { item, playedMs: held.beforeMs })
      }
    }
    events.emit('moved', null)
  }

  /** What has sounded is not played again. */
  function shorten(item: string, playedMs: number): void {
    const held = items.get(item)
    if (held === undefined) return
    let samples = Math.round(playedMs * samplesPerMs)
    held.beforeMs += playedMs
    held.chunks = held.chunks.flatMap((chunk) => {
      const gone = Math.min(samples, chunk.length)
      samples -= gone
      return gone === chunk.length ? [] : [chunk.subarray(gone)]
    })
  }

  /** At once: what comes from now on is of the next answer. */
  async function cutNow(): Promise<PlayedItem[]> {
    const before = new Map([...items].map(([item, { beforeMs }]) => [item, beforeMs]))
    items.clear()
    const played = await speaker().cut()
    return played.map(({ item, playedMs }) => ({ item, playedMs: playedMs + (before.get(item) ?? 0) }))
  }

  async function openSpeaker(): Promise<void> {
    await here.speaker.open()
    isOpenHere = true
  }

  async function openHere(): Promise<void> {
    const failed = (part: 'microphone' | 'speaker') => (error: unknown) =>
      events.emit('trouble', { part, fatal: true, message: error instanceof Error ? error.message : String(error) })
    if (isListening) await here.microphone.open().catch(failed('microphone'))
    if (!isPlaying || isOpenHere) return
    // It may have failed meanwhile.
    await here.speaker.close().catch(() => undefined)
    await openSpeaker().catch(failed('speaker'))
  }

  return {
    holder: () => far?.id ?? null,
    give: (id, speaker) => inTurn(() => move({ id, speaker })),
    takeBack: (id) => inTurn(async () => (far !== null && (id === null || far.id === id) ? move(null) : undefined)),
    hear(id, frame) {
      if (far?.id !== id || !isListening) return
      // Nobody judges beside a device's microphone.
      events.emit('judged', null)
      events.emit('frame', frame)
    },
    onMoved: (listen) => events.on('moved', listen),
    microphone: {
      ...here.microphone,
      onFrame: (listen) => events.on('frame', listen),
      ...(speech && { speech: { ...speech, onJudged: (listen) => events.on('judged', listen) } }),
      onTrouble: (listen) => events.on('trouble', listen),
      async open() {
        isListening = true
        if (far === null) await here.microphone.open()
      },
      async close() {
        isListening = false
        await here.microphone.close()
      },
    },
    speaker: {
      async open() {
        isPlaying = true
        if (far === null) await openSpeaker()
      },
      async close() {
        isPlaying = false
        isOpenHere = false
        await here.speaker.close()
      },
      play(item, samples) {
        const held = items.get(item) ?? { chunks: [], beforeMs: 0, isFinished: false }
        held.chunks.push(samples)
        items.set(item, held)
        if (!isMoving) speaker().play(item, samples)
      },
      finish(item) {
        const held = items.get(item)
        if (held) held.isFinished = true
        if (!isMoving) speaker().finish(item)
      },
      cut: () => (isMoving ? last.then(cutNow) : cutNow()),
      onPosition: (listen) => events.on('position', listen),
      onEnded: (listen) => events.on('ended', listen),
      onTrouble: (listen) => events.on('trouble', listen),
      health: () => speaker().health(),
      drained: () => speaker().drained(),
      // Who speaks over the voice is judged beside this computer's player alone; a device's browser takes the echo out.
      ...(judge && {
        floor: {
          ...judge,
          serviceHears: () => far === null && judge.serviceHears(),
          isJudging: () => far === null && judge.isJudging(),
        },
      }),
      ...(setVolume && { setVolume }),
    },
  }
}
