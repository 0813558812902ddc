// Holds docs/spec.md and the tests together: every rule has a test that cites it, every cited id is a rule.
// A rule is a line `- **X12** …` in docs/spec.md; a test cites it as `[X12]` in its name.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * @param {string} spec the text of docs/spec.md
 * @param {readonly (readonly [file: string, source: string])[]} testSources
 * @returns {string[]} what is wrong, one sentence each; empty when the two agree
 */
export function compareSpec(spec, testSources) {
  const rules = [...spec.matchAll(/^- \*\*([A-Z]{1,2}\d+[a-z]?)\*\*/gm)].map((match) => match[1])
  const cited = new Map()
  for (const [file, source] of testSources)
    for (const match of source.matchAll(/\[([A-Z]{1,2}\d+[a-z]?)\]/g)) cited.set(match[1], file)
  const known = new Set(rules)
  return [
    ...rules.filter((rule, at) => rules.indexOf(rule) !== at).map((rule) => `Rule ${rule} is written twice.`),
    ...[...known].filter((rule) => !cited.has(rule)).map((rule) => `Rule ${rule} has no test.`),
    ...[...cited].filter(([id]) => !known.has(id)).map(([id, file]) => `${file} cites ${id}, which is no rule.`),
  ]
}

/** @param {string} folder @returns {[file: string, source: string][]} */
function readTests(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') || name.endsWith('.test.tsx'))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const wrong = compareSpec(readFileSync(join(root, 'docs/spec.md'), 'utf8'), readTests(join(root, 'test')))
  for (const sentence of wrong) console.error(sentence)
  if (wrong.length > 0) process.exit(1)
}
