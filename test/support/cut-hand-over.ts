// A conversation whose session is handed over after 20 s of a moved clock: the service says that its first session ends soon.
import { createOvertakenLine, type OvertakenLine } from './overtaken-line.ts'
import type { Script, ScriptedConnection } from './scripted-server.ts'

/** The still clock's beginning, in seconds. */
const nowSeconds = 1_800_000_000
const untilHandOverMs = 20_000

export async function startBeforeHandOver(
  script: Omit<Script, 'session'>,
): Promise<{ line: OvertakenLine; first: ScriptedConnection }> {
  const line = await createOvertakenLine({
    chance: () => 0,
    // Believed of the first session alone: of the next ones it would be too soon.
    script: { ...script, session: { expires_at: nowSeconds + 5 * 60 + untilHandOverMs / 1_000 } },
  })
  const first = await line.live()
  first.hearTurn('u1', null, 'My dog is called Bruno.')
  await line.record.stored('words-heard')
  await line.pass(first, untilHandOverMs - 1_000, 5_000)
  return { line, first }
}
