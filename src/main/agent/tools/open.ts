// Opening a link in the browser or an installed app.
import { z } from 'zod'
import { plainWords } from '../../../core/agent/plain.ts'
import { wording } from '../../../core/language/wording.ts'
import type { Surroundings } from '../ports.ts'
import { defineTool, ToolError, type Tool } from '../tool.ts'
import { checkedAddress } from './fetch-page.ts'

export function createOpeners(opener: NonNullable<Surroundings['opener']>): Tool[] {
  return [
    defineTool({
      name: 'open_link',
      description: 'Opens an https address in the person’s browser.',
      risk: 'opens',
      asks: 'always',
      schema: z.strictObject({ address: z.string().max(2_048) }),
      describe: ({ address }) =>
        URL.canParse(address)
          ? wording('step.opening', { name: plainWords(new URL(address).host, 60) })
          : wording('step.openLink'),
      settle: ({ address }) => checkedAddress(address),
      question: (_, { host, href }) =>
        wording('ask.openLink', { name: plainWords(host, 80), words: plainWords(href, 300) }),
      facts: ({ host, href }) => [
        { name: 'Host', value: host },
        { name: 'Address', value: href },
      ],
      async run(_, { settled }) {
        await opener.openLink(settled.href)
        return { text: 'It is open.', untrusted: null }
      },
    }),
    defineTool({
      name: 'open_app',
      description: 'Opens an installed app by its name.',
      risk: 'opens',
      asks: 'always',
      schema: z.strictObject({ name: z.string().trim().min(1).max(80) }),
      describe: ({ name }) => wording('step.opening', { name: plainWords(name, 60) }),
      question: ({ name }) => wording('ask.openApp', { name: plainWords(name, 80) }),
      async run({ name }) {
        if (!(await opener.openApp(name))) throw new ToolError('No installed app has this name.')
        return { text: 'It is open.', untrusted: null }
      },
    }),
  ]
}
