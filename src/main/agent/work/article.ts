// The title and text of a page, within the worker.
import { workLimits } from '../../../core/agent/limits.ts'
import type { Article } from './jobs.ts'

/** What is used of it here; the package's own types ask for a browser's. */
interface PageDocument {
  title: string
  body: { textContent: string | null } | null
}

export async function article(html: string): Promise<Article> {
  const [{ parseHTML }, { Readability }] = await Promise.all([import('linkedom'), import('@mozilla/readability')])
  const { document } = (parseHTML as unknown as (html: string) => { document: PageDocument })(completed(html))
  const title = document.title.trim()
  // What Readability finds no article in is a list or a form: then all its words are given.
  const plain = document.body?.textContent ?? ''
  const found = new Readability(document as never).parse()
  const text = found?.textContent?.trim() ? found.textContent : plain
  return {
    title: (found?.title?.trim() || title).slice(0, workLimits.titleCharacters),
    text: tidy(text).slice(0, workLimits.articleCharacters),
  }
}

/** A page may leave out html, head and body; the parser adds none of them and finds nothing then. */
function completed(html: string): string {
  if (/<html[\s>]/i.test(html) && /<body[\s>]/i.test(html)) return html
  const title = /<title[^>]*>[^<]*<\/title>/i.exec(html)?.[0] ?? ''
  const rest = html.replace(title, '').replace(/<!doctype[^>]*>|<\/?(?:html|head|body)(?:\s[^>]*)?>/gi, '')
  return `<html><head>${title}</head><body>${rest}</body></html>`
}

function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
