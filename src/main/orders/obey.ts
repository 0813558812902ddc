// What the running app does when a terminal asks it: the same requests as the window's, and a sentence back.
import type { AppState, Look, Reply } from '../../core/ipc.ts'
import type { App } from '../app/app.ts'
import type { Order, OrderReply, Status } from './order.ts'

export interface OrderActs {
  /** Shows the window; null where there is none to show. */
  show: (() => void) | null
  /** Ends the app, in order; the answer has gone out by then. */
  quit: () => void
}

/** The answer to `quit` is under way when the end begins. */
const quitAfterMs = 50

export function obeyOrders(app: App, acts: OrderActs): (order: Order) => Promise<OrderReply> {
  return async (order) => {
    switch (order.type) {
      case 'talk':
        app.talk('down')
        app.talk('up')
        return done(talkWords(app.state()))
      case 'say':
        return replied(await app.answer('say', { text: order.text }), 'Said.')
      case 'stop':
        return replied(await app.answer('hush', null), 'The voice is silent.')
      case 'mute':
        return replied(
          await app.answer('mute', { muted: order.muted }),
          order.muted ? 'The microphone is muted.' : 'The microphone is on.',
        )
      case 'show':
        if (acts.show === null) return { ok: false, message: 'This Parley has no window of its own to show.' }
        acts.show()
        return done('Shown.')
      case 'status':
        return statusOf(await app.answer('look', null))
      case 'quit':
        setTimeout(acts.quit, quitAfterMs)
        return done('Parley ends.')
    }
  }
}

function talkWords({ talking, mode }: AppState): string {
  if (talking !== 'up') return 'It listens.'
  if (mode === 'by-name') return 'It listens, as if it had been called.'
  return mode === 'hands-free' ? 'It listens by itself, hands-free.' : 'It listens no more.'
}

const done = (said: string): OrderReply => ({ ok: true, said })

const replied = (reply: Reply, said: string): OrderReply =>
  reply.ok ? done(said) : { ok: false, message: reply.error.message }

function statusOf(reply: Reply): OrderReply {
  if (!reply.ok) return { ok: false, message: reply.error.message }
  const { version, state, tasks, approvals } = reply.value as Look
  const status: Status = {
    version,
    presence: state.presence,
    line: state.line.type,
    mode: state.mode,
    ...(state.named ? { called: { phrase: state.named.phrase, open: state.named.open } } : {}),
    muted: state.muted,
    talking: state.talking,
    microphone: state.microphone.type,
    speaker: state.speaker.type,
    tasks: tasks.filter(({ state: task }) => task === 'working' || task === 'asking').length,
    approvals: approvals.length,
  }
  return { ok: true, said: '', status }
}
