// What axe-core finds on a page against WCAG 2.2 AA: one line a finding, none when all is well.
import axe from 'axe-core'
import type { CDPSession, Page } from 'playwright-core'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface World {
  session: CDPSession
  contextId: number
}

const worlds = new WeakMap<Page, Promise<World>>()

/** Reading axe takes longer than a run of it, so that it is read once a page; a page that is loaded anew needs another. */
async function worldOf(page: Page): Promise<World> {
  const session = await page.context().newCDPSession(page)
  await session.send('Page.enable')
  const { frameTree } = await session.send('Page.getFrameTree')
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id })
  await session.send('Runtime.evaluate', { expression: axe.source, contextId: executionContextId })
  page.once('load', () => worlds.delete(page))
  return { session, contextId: executionContextId }
}

/** axe runs as a script of its own beside the page, past the page's content policy as a browser extension would. */
export async function axeFindings(page: Page): Promise<string[]> {
  const world = worlds.get(page) ?? worldOf(page)
  worlds.set(page, world)
  const { session, contextId } = await world
  const run = `axe.run(document, { runOnly: ${JSON.stringify(standards)} }).then(({ violations, passes }) =>
    ({ rules: passes.length, lines: violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? ''))) }))`
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: run,
    contextId,
    awaitPromise: true,
    returnByValue: true,
  })
  const found = result.value as { rules: number; lines: string[] } | undefined
  // A run that checked nothing would find nothing.
  if (exceptionDetails !== undefined || found === undefined || found.rules < 5)
    throw new Error(`axe did not run: ${JSON.stringify(exceptionDetails ?? found)}`)
  return found.lines
}
