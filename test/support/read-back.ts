// What a recogniser hears in a sound file: for tests of what was said aloud.
import type { Speech } from '../../src/engine/ports.ts'
import { readSound } from '../../src/main/audio/file-microphone.ts'

/** The words that a recogniser finds in a sound file. */
export async function readBack(speech: Speech, path: string): Promise<string> {
  const ear = speech.createEar()
  const sound = await readSound(path)
  ear.hear(sound)
  await ear.settled()
  const { text } = await ear.read(0, sound.length / 24)
  ear.close()
  return text
}
