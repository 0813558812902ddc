// Reads a web page as plain text. An address can carry out what was read before, so after text from elsewhere it asks.
import { z } from 'zod'
import { plainWords } from '../../../core/agent/plain.ts'
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
    describe: ({ address }) => `Reading ${URL.canParse(address) ? plainWords(new URL(address).host, 60) : 'a page'}`,
    question: ({ address }) => {
      const { host, href } = checkedAddress(address)
      return `Read a page of ${plainWords(host, 80)}? Its address tells that server: ${plainWords(href, 300)}`
    },
    async run({ address }, signal) {
      const page = await fetchPage(address, how(), signal)
      const untrusted = `the page ${page.address}`
      if (!/html|xml/.test(page.mediaType)) return { text: page.text, untrusted }
      const { title, text } = await workbench.article(page.text, signal)
      return { text: `Title: ${title}\n\n${text}`, untrusted }
    },
  })
}
