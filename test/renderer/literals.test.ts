// Every text of the window comes from a catalogue: what stands in the sources themselves is found.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const folder = 'src/renderer'
/** Attributes whose text a person reads or hears. */
const read =
  /^(aria-label|aria-description|aria-valuetext|aria-roledescription|title|placeholder|alt|label|hint|name|closing|summary)$/
/** Whose `name` is one for programs. */
const namesForPrograms = /^([a-z]|Icon$|Over$)/
/** Names that are the same in every language. */
const sameEverywhere = new Set(['Parley'])

const isWords = (text: string): boolean => /\p{L}{2,}/u.test(text) && !sameEverywhere.has(text.trim())
/** A sentence or a label, as opposed to a name for programs. */
const isSentence = (text: string): boolean => /^[“«„(]?\p{Lu}.*\s\p{L}/u.test(text) || /\p{L}\s.*[.!?…]$/u.test(text)

export function literalsIn(path: string, text: string): string[] {
  const source = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )
  const found: string[] = []
  const note = (node: ts.Node, words: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart())
    found.push(`${path}:${line + 1} ${words.trim()}`)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) {
      if (isWords(node.text)) note(node, node.text)
    } else if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      const attribute = attributeOf(node)
      if (isIgnored(node)) return
      const isRead = attribute !== null && read.test(attribute.name) && !isForPrograms(attribute)
      const isText = isRead || isShown(node) ? isWords(node.text) : attribute === null && isSentence(node.text)
      if (isText) note(node, node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

interface Attribute {
  name: string
  of: string
}

/** The attribute whose value it is, or one of the values. */
function attributeOf(node: ts.Node): Attribute | null {
  const at = outcomeOf(node)
  const parent = ts.isJsxExpression(at.parent) ? at.parent.parent : at.parent
  if (!ts.isJsxAttribute(parent)) return null
  const element = parent.parent.parent
  return { name: parent.name.getText(), of: element.tagName.getText() }
}

const isForPrograms = ({ name, of }: Attribute): boolean => name === 'name' && namesForPrograms.test(of)

/** One of the outcomes of what stands between the tags. */
function isShown(node: ts.Node): boolean {
  const at = outcomeOf(node)
  return ts.isJsxExpression(at.parent) && !ts.isJsxAttribute(at.parent.parent)
}

/** The whole expression of which it is one outcome. */
function outcomeOf(node: ts.Node): ts.Node {
  let at = node
  while (ts.isConditionalExpression(at.parent) ? at.parent.condition !== at : ts.isParenthesizedExpression(at.parent))
    at = at.parent
  return at
}

/** Told to developers, or asked of the browser. */
function isIgnored(node: ts.Node): boolean {
  const { parent } = node
  return (
    ts.isImportDeclaration(parent) ||
    (ts.isNewExpression(parent) && parent.expression.getText() === 'Error') ||
    (ts.isCallExpression(parent) && /querySelector|closest|matches/.test(parent.expression.getText()))
  )
}

describe('the texts of the window', () => {
  it('[W205] none stands in the sources; all come from the catalogues', () => {
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path))
    const found = paths.flatMap((path) => literalsIn(path, readFileSync(join(folder, path), 'utf8')))
    expect(found).toEqual([])
    expect(paths.length).toBeGreaterThan(60)
  })

  it('[W205] one that does is found, wherever it stands', () => {
    const planted = `
      import x from 'Some words here.'
      const said = () => <p title="Hello">Words {a ? 'Yes' : 'no'} <b class="Not these">Parley</b></p>
      const one = <Field label="Name" id={a ? 'Name' : 'Other'} hint={a ? 'Hint' : ''} />
      const two = <input name="name" placeholder={'Type'} />
      note(\`The file \${name} was saved.\`)
      const three = { message: 'It did not work.' }
      throw new Error('This is for developers.')`
    expect(literalsIn('x.tsx', planted).map((line) => line.replace(/^x\.tsx:\d+ /, ''))).toEqual([
      'Hello',
      'Words',
      'Yes',
      'no',
      'Name',
      'Hint',
      'Type',
      'The file',
      'was saved.',
      'It did not work.',
    ])
  })
})
