// The clipboard. What somebody copied may be a password, and was not granted: reading it asks as well.
import { z } from 'zod'
import { plainWords } from '../../../core/agent/plain.ts'
import { wording } from '../../../core/language/wording.ts'
import type { Surroundings } from '../ports.ts'
import { defineTool, type Tool } from '../tool.ts'

export function createClipboardTools(clipboard: NonNullable<Surroundings['clipboard']>): Tool[] {
  return [
    defineTool({
      name: 'read_clipboard',
      description: 'Reads the text in the clipboard.',
      risk: 'reads',
      asks: 'always',
      schema: z.strictObject({}),
      describe: () => wording('step.readClipboard'),
      question: () => wording('ask.readClipboard'),
      run: async () => ({ text: await clipboard.read(), untrusted: 'the clipboard' }),
    }),
    defineTool({
      name: 'write_clipboard',
      description: 'Puts a text into the clipboard.',
      risk: 'changes',
      asks: 'always',
      schema: z.strictObject({ text: z.string().max(100_000) }),
      describe: () => wording('step.writeClipboard'),
      question: ({ text }) =>
        wording('ask.writeClipboard', { count: Array.from(text).length, words: plainWords(text, 300) }),
      async run({ text }) {
        await clipboard.write(text)
        return { text: 'It is in the clipboard.', untrusted: null }
      },
    }),
  ]
}
