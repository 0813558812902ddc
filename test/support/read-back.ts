// What a recogniser hears in a sound file: for tests of what was said aloud.
import type { Speech } from '../../src/engine/ports.ts'
import { readSound } from '../../src/main/audio/file-microphone.ts'

/** The words that a recogniser finds in a sound file. */
export async function readBack(speech: Speech, path: string): Promise<string> {
  const input = speech.createSpeechInput()
  const sound = await readSound(path)
  input.hear(sound)
  await input.settled()
  const { text } = await input.read(0, sound.length / 24)
  input.close()
  return text
}
