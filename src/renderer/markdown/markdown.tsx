// An answer as it is meant: paragraphs, lists, tables, quotes, code, links. Every piece is an element of its own with text in
// it; whatever looks like HTML is shown as it is written, pictures as links, and nothing is loaded.
import { Fragment, type ComponentChildren } from 'preact'
import type { MarkedToken, Token } from 'marked'
import { readLink } from '../../core/link.ts'
import { useLanguage } from '../hooks.ts'
import { memo } from '../memo.ts'
import { blocksOf, cutSign, decoded } from './blocks.ts'
import { Code } from './code.tsx'

interface MarkdownProps {
  text: string
  /** More may follow. */
  isComing: boolean
  /** Stands where the cut sign stands. */
  cut?: ComponentChildren
}

export function Markdown({ text, isComing, cut }: MarkdownProps) {
  const blocks = blocksOf(text, isComing)
  return (
    <>
      {blocks.map((token, at) => (
        <Block key={at} token={token as MarkedToken} cut={cut} />
      ))}
    </>
  )
}

interface BlockProps {
  token: MarkedToken
  cut: ComponentChildren
}

/** While an answer comes, only its last block changes. */
const Block = memo<BlockProps>(
  ({ token, cut }) => <>{block(token, cut)}</>,
  (one, other) => one.token.raw === other.token.raw && one.token.type === other.token.type,
)

/** What is too wide is scrolled in its own box. */
function Table({ children }: { children: ComponentChildren }) {
  const { say } = useLanguage()
  return (
    <div class="table" tabIndex={0} role="group" aria-label={say('said.table')}>
      {children}
    </div>
  )
}

/** Of a list of things to do. */
function Box({ isChecked }: { isChecked: boolean }) {
  const { say } = useLanguage()
  return (
    <span class="box" role="img" aria-label={say(isChecked ? 'said.done' : 'said.toDo')} data-checked={isChecked} />
  )
}

function block(token: MarkedToken, cut: ComponentChildren): ComponentChildren {
  switch (token.type) {
    case 'paragraph':
      return <p>{inline(token.tokens, cut)}</p>
    case 'heading':
      return <h4 data-depth={token.depth}>{inline(token.tokens, cut)}</h4>
    case 'code':
      return (
        <Code text={token.text.replaceAll(cutSign, '')} language={token.lang ?? ''}>
          {withCut(token.text, cut)}
        </Code>
      )
    case 'blockquote':
      return <blockquote>{each(token.tokens, (one) => block(one, cut))}</blockquote>
    case 'hr':
      return <hr />
    case 'list': {
      const items = token.items.map((item, at) => (
        <li key={at} class={item.task ? 'todo' : undefined}>
          {each(item.tokens, (one) => block(one, cut))}
        </li>
      ))
      return token.ordered ? <ol start={Number(token.start) || 1}>{items}</ol> : <ul>{items}</ul>
    }
    case 'table':
      return (
        <Table>
          <table>
            <thead>
              <tr>
                {token.header.map(({ tokens, align }, at) => (
                  <th key={at} scope="col" class={align ?? undefined}>
                    {inline(tokens, cut)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {token.rows.map((row, at) => (
                <tr key={at}>
                  {row.map(({ tokens, align }, column) => (
                    <td key={column} class={align ?? undefined}>
                      {inline(tokens, cut)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Table>
      )
    case 'checkbox':
      return <Box isChecked={token.checked} />
    // Between the blocks of a quote or an entry, and an address that is given below.
    case 'space':
    case 'def':
      return null
    // A line of a list stands as bare text.
    case 'text':
      return (
        <span class="text">{token.tokens === undefined ? withCut(token.text, cut) : inline(token.tokens, cut)}</span>
      )
    default:
      return <p class="written">{piece(token, cut)}</p>
  }
}

function inline(tokens: readonly Token[], cut: ComponentChildren): ComponentChildren {
  return each(tokens, (token) => piece(token, cut))
}

function piece(token: MarkedToken, cut: ComponentChildren): ComponentChildren {
  switch (token.type) {
    case 'strong':
      return <strong>{inline(token.tokens, cut)}</strong>
    case 'em':
      return <em>{inline(token.tokens, cut)}</em>
    case 'del':
      return <del>{inline(token.tokens, cut)}</del>
    case 'codespan':
      return <code>{withCut(token.text, cut)}</code>
    case 'br':
      return <br />
    case 'link':
      return address(token.href, inline(token.tokens, cut))
    case 'image':
      return address(token.href, withCut(decoded(token.text === '' ? token.href : token.text), cut))
    case 'checkbox':
      return <Box isChecked={token.checked} />
    case 'escape':
      return withCut(token.text, cut)
    case 'text':
      return token.tokens === undefined ? withCut(decoded(token.text), cut) : inline(token.tokens, cut)
    default:
      return withCut(token.raw, cut)
  }
}

/** Only a plain https address is a link; of another one the words stand, and it is no address any more. */
function address(href: string, words: ComponentChildren): ComponentChildren {
  const link = readLink(href.replaceAll(cutSign, ''))
  if (link === null) return words
  return (
    <a href={link.href} title={link.href} target="_blank" rel="noopener noreferrer">
      {words}
    </a>
  )
}

function withCut(text: string, cut: ComponentChildren): ComponentChildren {
  const at = text.indexOf(cutSign)
  if (at === -1) return text
  return (
    <>
      {text.slice(0, at)}
      {cut}
      {text.slice(at + 1)}
    </>
  )
}

function each(tokens: readonly Token[], draw: (token: MarkedToken) => ComponentChildren): ComponentChildren {
  return tokens.map((token, at) => <Fragment key={at}>{draw(token as MarkedToken)}</Fragment>)
}
