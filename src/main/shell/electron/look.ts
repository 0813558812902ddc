// Everything that a window begins with, for the parts of the shell.
import type { Look } from '../../../core/ipc.ts'
import type { Desk } from '../../desk/desk.ts'

export async function lookAt(desk: Desk): Promise<Look> {
  const reply = await desk.answer('look', null)
  if (!reply.ok) throw new Error(reply.error.message)
  return reply.value as Look
}
