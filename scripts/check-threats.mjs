// Holds docs/threats.md to the spec: every control names the rules that hold it, and each of them is a rule. That a rule has
// a test is check-spec.mjs's business.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * @param {string} threats the text of docs/threats.md
 * @param {string} spec the text of docs/spec.md
 * @returns {string[]} what is wrong, one sentence each; empty when all is well
 */
export function compareThreats(threats, spec) {
  const rules = new Set([...spec.matchAll(/^- \*\*([A-Z]{1,2}\d+[a-z]?)\*\*/gm)].map((match) => match[1]))
  const controls = controlsOf(threats)
  const heading = '## What is not held'
  const unheld = threats.split(heading)[1] ?? ''
  return [
    ...(controls.length === 0 ? ['docs/threats.md names no control.'] : []),
    ...(/^- \S/m.test(unheld) ? [] : [`docs/threats.md does not say “${heading.slice(3)}”.`]),
    ...controls.flatMap(({ way, rules: named }) => [
      ...(named.length === 0 ? [`“${way}” names no rule that holds it.`] : []),
      ...named.filter((id) => !rules.has(id)).map((id) => `“${way}” names ${id}, which is no rule.`),
    ]),
  ]
}

/** The rows of every table whose last column is headed `held by`. @param {string} threats */
function controlsOf(threats) {
  let isTable = false
  const controls = []
  for (const line of threats.split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim())
    if (cells.length < 4) isTable = false
    else if (cells.at(-2) === 'held by') isTable = true
    else if (isTable && !/^-+$/.test(cells[1] ?? ''))
      controls.push({ way: cells[1], rules: (cells.at(-2) ?? '').split(/,\s*/).filter(Boolean) })
  }
  return controls
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const read = (/** @type {string} */ name) => readFileSync(join(root, name), 'utf8')
  const wrong = compareThreats(read('docs/threats.md'), read('docs/spec.md'))
  for (const sentence of wrong) console.error(sentence)
  if (wrong.length > 0) process.exit(1)
}
