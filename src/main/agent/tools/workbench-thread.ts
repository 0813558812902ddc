// The thread's side of workbench.ts: does one job after the other and answers each.
import { parentPort } from 'node:worker_threads'
import type { Article, Done, Job } from './workbench.ts'

const port = parentPort
if (!port) throw new Error('This file runs as a thread.')

port.on('message', (job: Job) => {
  void work(job)
    .catch((error: unknown): Done => ({
      type: 'refused',
      why: error instanceof Error ? error.message : 'It did not work.',
    }))
    .then((done) => port.postMessage(done))
})

async function work(job: Job): Promise<Done> {
  switch (job.type) {
    case 'sum':
      return { type: 'sum', result: await sum(job.expression) }
    case 'article':
      return { type: 'article', article: await article(job.html) }
  }
}

/** Functions with which an expression could change the calculator or run another expression. */
const forbidden = [
  'import',
  'createUnit',
  'evaluate',
  'parse',
  'parser',
  'compile',
  'chain',
  'simplify',
  'derivative',
  'config',
]

async function sum(expression: string): Promise<string> {
  // The package's one-file build: its thousand modules take seconds to load.
  const { default: mathjs } = await import('mathjs/lib/browser/math.js')
  const math = mathjs.create(mathjs.all ?? {})
  const evaluate = math.evaluate.bind(math)
  const refuse = (): never => {
    throw new Error('This is not allowed in a sum.')
  }
  math.import(Object.fromEntries(forbidden.map((name) => [name, refuse])), { override: true })
  const result: unknown = evaluate(expression)
  if (typeof result === 'function' || result === undefined) throw new Error('This is no sum.')
  return math.format(result, { precision: 14 })
}

/** What is used of it here; the package's own types ask for a browser's. */
interface PageDocument {
  title: string
  body: { textContent: string | null } | null
}

async function article(html: string): Promise<Article> {
  const [{ parseHTML }, { Readability }] = await Promise.all([import('linkedom'), import('@mozilla/readability')])
  const { document } = (parseHTML as unknown as (html: string) => { document: PageDocument })(html)
  const title = document.title.trim()
  // What Readability finds no article in is a list or a form: then all its words are given.
  const plain = document.body?.textContent ?? ''
  const found = new Readability(document as never).parse()
  const text = found?.textContent?.trim() ? found.textContent : plain
  return { title: found?.title?.trim() || title, text: tidy(text) }
}

function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
