// Damages a task's log where the disk might: a flipped byte in the record of its second answer.
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export async function damageSecondAnswer(folder: string): Promise<void> {
  const [name = ''] = await readdir(folder)
  const bytes = await readFile(join(folder, name))
  const first = bytes.indexOf('"answered"')
  const second = bytes.indexOf('"answered"', first + 1)
  bytes[second + 3] = 0x20
  await writeFile(join(folder, name), bytes)
}
