// One sound device that rests: opened when it is needed, closed when nobody has needed it for long (core/audio/rest.ts).
// Openings and closings wait for one another, so a need during a closing is met right after it.
import { restInMs } from '../../core/audio/rest.ts'
import type { DeviceView } from '../../core/ipc.ts'
import type { Clock, Undo } from '../ports.ts'

export interface RestingDevice {
  view(): DeviceView
  /** Opens it if it is not open, and its rest is put off. What is missing is told, never thrown. */
  need(): Promise<DeviceView>
  /** Opens it unless it rests. */
  recover(): Promise<DeviceView>
  /** Somebody may need it soon: a resting one is opened, an open one stays. */
  rouse(): void
  /** It was needed just now. */
  used(): void
  /** It is gone, as somebody else found. */
  lose(message: string): DeviceView
  close(): Promise<void>
}

export function createRestingDevice(opts: {
  clock: Clock
  restAfterMs: number
  isInUse: () => boolean
  /** Rejects when it can't be opened. */
  open: () => Promise<void>
  close: () => Promise<void>
  onView: (view: DeviceView) => void
}): RestingDevice {
  const { clock, restAfterMs } = opts
  let view: DeviceView = { type: 'closed' }
  let neededMs = clock.monotonicMs()
  let opening: Promise<DeviceView> | null = null
  let last: Promise<unknown> = Promise.resolve()
  let undoLook: Undo = () => undefined

  function show(next: DeviceView): DeviceView {
    view = next
    opts.onView(next)
    return next
  }

  function inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = last.then(act)
    last = done.catch(() => undefined)
    return done
  }

  async function open(): Promise<DeviceView> {
    if (view.type === 'open') return view
    try {
      await opts.open()
      lookIn(restAfterMs)
      return show({ type: 'open' })
    } catch (error) {
      return show({ type: 'missing', message: messageOf(error) })
    }
  }

  function lookIn(ms: number): void {
    undoLook()
    undoLook = clock.after(ms, look)
  }

  function look(): void {
    if (view.type !== 'open') return
    if (restIn() > 0) lookIn(restIn())
    else void inTurn(rest)
  }

  const restIn = (): number => restInMs({ isInUse: opts.isInUse(), neededMs }, restAfterMs, clock.monotonicMs())

  async function rest(): Promise<void> {
    if (view.type !== 'open') return
    // Somebody may have come to need it while its turn was awaited.
    if (restIn() > 0) {
      lookIn(restIn())
      return
    }
    // Told before it is closed: what comes meanwhile is for the next opening.
    show({ type: 'resting' })
    await opts.close()
  }

  function used(): void {
    neededMs = clock.monotonicMs()
  }

  function need(): Promise<DeviceView> {
    used()
    if (view.type === 'open') return Promise.resolve(view)
    opening ??= inTurn(open).finally(() => (opening = null))
    return opening
  }

  return {
    view: () => view,
    need,
    recover: () => (view.type === 'open' || view.type === 'resting' ? Promise.resolve(view) : need()),
    rouse() {
      used()
      if (view.type === 'resting') void need()
    },
    used,
    lose: (message) => show({ type: 'missing', message }),
    close() {
      undoLook()
      return inTurn(async () => {
        undoLook()
        await opts.close()
        show({ type: 'closed' })
      })
    },
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The sound device can’t be opened.'
}
