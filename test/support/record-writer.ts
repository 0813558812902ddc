// A process that keeps a conversation until it is killed: appends small groups without end and reports, a line each,
// the highest number that was acknowledged. Or, when it can't have the folder, why.
import { writeSync } from 'node:fs'
import { systemClock } from '../../src/main/clock.ts'
import { openConversations } from '../../src/main/store/conversations.ts'
import { StoreError } from '../../src/main/store/store-error.ts'
import { said } from './spoken.ts'

const [, , folder = '', conversation = ''] = process.argv
// Written through at once: a line that was still in this process would be lost with it and prove nothing.
const report = (line: string): void => void writeSync(1, `${line}\n`)

try {
  const store = await openConversations({
    folder,
    clock: systemClock,
    random: Math.random,
    // Small, so that many of the kills fall into a snapshot.
    limits: { snapshotAfterBytes: 2000 },
  })
  const record = await store.open(conversation)
  report(`opened ${record.conversation().seq}`)
  for (;;) {
    const group = Array.from({ length: 1 + Math.floor(Math.random() * 4) }, (_, at) =>
      record.append(said(`t${record.conversation().seq}-${at}`)).then((stored) => report(`kept ${stored.at(-1)!.seq}`)),
    )
    await Promise.all(group)
  }
} catch (error) {
  if (!(error instanceof StoreError)) throw error
  report(`refused ${error.kind}: ${error.message}`)
}
