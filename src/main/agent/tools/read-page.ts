// Reads a web page as plain text. An address can carry out what was read before, so after text from elsewhere it asks.
import { z } from 'zod'
import { plainWords } from '../../../core/agent/plain.ts'
import { wording } from '../../../core/language/wording.ts'
import { defineTool, type Tool } from '../tool.ts'
import { checkedAddress, fetchPage, type FetchOpts } from './fetch-page.ts'
import type { Workbench } from './workbench.ts'

export function createReadPage({ workbench, how }: { workbench: Workbench; how: () => FetchOpts }): Tool {
  return defineTool({
    name: 'read_page',
    description: 'Reads a web page (https) and gives its title and text.',
    risk: 'reads',
    asks: 'after-untrusted',
    schema: z.strictObject({ address: z.string().max(2_048) }),
    describe: ({ address }) =>
      URL.canParse(address)
        ? wording('step.reading', { place: plainWords(new URL(address).host, 60) })
        : wording('step.readPage'),
    settle: ({ address }) => checkedAddress(address),
    question: (_, { host, href }) =>
      wording('ask.readPage', { name: plainWords(host, 80), words: plainWords(href, 300) }),
    facts: ({ host, href }) => [
      { name: 'Host', value: host },
      { name: 'Address', value: href },
    ],
    async run(_, { settled, signal, isAgreed }) {
      // A yes was for this host: one that it sends on to is another question.
      const page = await fetchPage(settled.href, { ...how(), staysOnHost: isAgreed }, signal)
      const untrusted = `the page ${page.address}`
      if (!/html|xml/.test(page.mediaType)) return { text: page.text, untrusted }
      const { title, text } = await workbench.article(page.text, signal)
      return { text: `Title: ${title}\n\n${text}`, untrusted }
    },
  })
}
