// Everything that a window begins with, for the parts of the shell.
import type { Look } from '../../../core/ipc.ts'
import type { App } from '../../app/app.ts'

export async function lookAt(app: App): Promise<Look> {
  const reply = await app.answer('look', null)
  if (!reply.ok) throw new Error(reply.error.message)
  return reply.value as Look
}
