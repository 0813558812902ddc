// What keeping costs, by how much is kept, beside a bare flush, SQLite and plain lowdb in the same run.
import { measureConversations } from './conversations.ts'
import { measureTurns } from './turns.ts'

export async function run(): Promise<void> {
  for (const turns of [1_000, 10_000, 100_000]) for (const row of await measureTurns(turns)) console.log(row)
  for (const row of await measureConversations(10_000)) console.log(row)
}
