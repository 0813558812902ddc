// The desktop's portal of shortcuts, whose library is loaded by whoever asks it: most desktops have another way to hear keys.
import { createEmitter } from '../../core/emitter.ts'
import type { FromTalkKeyHost, TalkKeyProcess } from './talk-key-messages.ts'

/** Listens as the one of portal.ts does. */
export function startPortalLater(): TalkKeyProcess {
  const events = createEmitter<{ message: FromTalkKeyHost; exit: undefined }>()
  let portal: TalkKeyProcess | null = null
  let isOver = false

  async function begin(): Promise<TalkKeyProcess> {
    const { startPortal } = await import('./portal.ts')
    const begun = (portal ??= startPortal())
    begun.onMessage((message) => events.emit('message', message))
    begun.onExit(() => events.emit('exit', undefined))
    return begun
  }
  let beginning: Promise<TalkKeyProcess> | null = null

  return {
    post(message) {
      beginning ??= begin()
      beginning.then(
        (begun) => (isOver ? begun.stop() : begun.post(message)),
        () => events.emit('exit', undefined),
      )
    },
    onMessage: (hear) => void events.on('message', hear),
    onExit: (hear) => void events.on('exit', hear),
    stop() {
      isOver = true
      portal?.stop()
    },
  }
}
