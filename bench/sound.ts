// Sound through PortAudio on a virtual card of its own.
import { setup } from '../test/support/virtual-sound.ts'

export async function run(): Promise<void> {
  const stop = setup()
  try {
    await (await import('./sound/echo.ts')).run()
    await (await import('./sound/interruptions.ts')).run()
    await (await import('./sound/answer.ts')).run()
    await (await import('./sound/path.ts')).run()
    await (await import('./sound/press.ts')).run()
    await (await import('./sound/stress.ts')).run()
  } finally {
    stop()
  }
}
