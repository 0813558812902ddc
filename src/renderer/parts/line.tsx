// What one of the two said: who and when, the words with what has not sounded yet dimmed, the cut marked, a failure in words.
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Turn } from '../../core/conversation/reduce.ts'
import type { Picture } from '../../core/pictures/picture.ts'
import { cutMark } from '../../core/turn/heard.ts'
import { useApp, useCaption, useKnown, useLanguage, useSelected } from '../hooks.ts'
import { alignedOffset } from '../markdown/aligned.ts'
import { cutSign } from '../markdown/blocks.ts'
import { Markdown } from '../markdown/markdown.tsx'
import { mark, rangeFrom, rangesOf, textsIn } from '../marks.ts'
import { isWaiting } from '../waiting-words.ts'
import { earlyLine, lineOf, type CaptionLine } from '../words.ts'
import { ShownPictures } from './shown-pictures.tsx'
import { TurnMenu } from './turn-menu.tsx'

export function TurnLine({ turn }: { turn: Turn }) {
  const { speech } = useApp()
  const { say, timeShort } = useLanguage()
  const caption = useCaption(turn.id)
  // Only of words that may still sound it matters whether the voice speaks.
  const maySound =
    turn.role === 'assistant' && turn.state.type === 'final' && turn.playedMs === null && turn.audioMs > 0
  const speaking = useKnown(({ state }) => maySound && state.presence === 'speaking')
  const waits = useKnown((known) => isWaiting(known, turn.id))
  const read = (): CaptionLine | null => lineOf(turn, { caption, position: speech.position(turn.id), speaking }, say)
  const line = read()
  if (line === null) return null
  return (
    <Said id={turn.id} role={turn.role} line={line} read={read} pictures={turn.pictures}>
      <time dateTime={new Date(turn.startedMs).toISOString()}>{timeShort(turn.startedMs)}</time>
      {waits && <span class="waits">{say('said.waits')}</span>}
      {!line.open && <TurnMenu turn={turn} text={line.text} />}
    </Said>
  )
}

export function EarlyLine({ id, role }: { id: string; role: Turn['role'] }) {
  const { speech } = useApp()
  const caption = useCaption(id)
  const read = (): CaptionLine => earlyLine(role, { caption, position: speech.position(id), speaking: true })
  return <Said id={id} role={role} line={read()} read={read} />
}

interface SaidProps {
  id: string
  role: Turn['role']
  line: CaptionLine
  /** As it is by now: how far the sound is moves more often than this is drawn. */
  read: () => CaptionLine | null
  pictures?: readonly Picture[] | undefined
  children?: ComponentChildren
}

function Said({ id, role, line, read, pictures = [], children }: SaidProps) {
  const { say, told } = useLanguage()
  const words = useRef<HTMLDivElement>(null)
  const { text, failure, open } = line
  useUnheard(words, id, line, read)
  useFound(words, id)
  return (
    <article class={`line ${role}`}>
      <header>
        <span class="who">{say(role === 'user' ? 'said.you' : 'said.parley')}</span>
        {children}
      </header>
      <div class={`said ${role === 'user' ? 'as-typed' : ''}`} dir="auto" ref={words}>
        {role === 'user' ? text : <Markdown text={signed(line)} isComing={open} cut={<Cut />} />}
        {open && text === '' && <Waiting label={say(role === 'user' ? 'said.listening' : 'said.thinking')} />}
        {failure !== null && (
          <span class="failure" data-aside>
            {told(failure)}
          </span>
        )}
        {pictures.length > 0 && <ShownPictures pictures={pictures} />}
      </div>
    </article>
  )
}

/** The sign of the cut stands in no other place. */
function signed({ text, cut, sounded }: CaptionLine): string {
  const clean = (words: string): string => words.replaceAll(cutSign, '')
  return cut ? `${clean(text.slice(0, sounded))}${cutSign}${clean(text.slice(sounded))}` : clean(text)
}

function Cut() {
  const { say } = useLanguage()
  return (
    <span class="cut" data-aside>
      {' '}
      <span aria-hidden="true">{cutMark}</span>
      <span class="unseen">{say('said.cut')}</span>
    </span>
  )
}

function Waiting({ label }: { label: string }) {
  return (
    <span class="waiting" role="img" aria-label={label} data-aside>
      <i />
      <i />
      <i />
    </span>
  )
}

/** Dims what has not sounded, without drawing the words anew. */
function useUnheard(
  words: { current: HTMLElement | null },
  id: string,
  line: CaptionLine,
  read: SaidProps['read'],
): void {
  const { speech } = useApp()
  const latest = useRef(read)
  latest.current = read
  const look = useRef(() => {
    const now = latest.current()
    const element = words.current
    const name = now?.cut === true ? 'cut-off' : 'unheard'
    const texts = element && now && now.sounded < now.text.length ? textsIn(element) : []
    const shown = texts.map(({ data }) => data).join('')
    const range = now === null ? null : rangeFrom(texts, alignedOffset(now.text, shown, now.sounded))
    mark(name, id, range === null ? [] : [range])
    if (name === 'cut-off') mark('unheard', id, [])
    element?.toggleAttribute('data-unheard', range !== null)
  })
  useLayoutEffect(() => look.current(), [id, line.text, line.sounded, line.cut, line.open])
  useEffect(() => speech.listen(id, look.current), [speech, id])
  useEffect(
    () => () => {
      mark('unheard', id, [])
      mark('cut-off', id, [])
    },
    [id],
  )
}

/** Marks the words that were searched for. */
function useFound(words: { current: HTMLElement | null }, id: string): void {
  const { hit } = useApp()
  const wanted = useSelected(hit, (place) => place?.words ?? '')
  useLayoutEffect(() => {
    const { current } = words
    mark('found', id, current && wanted !== '' ? rangesOf(textsIn(current), wanted) : [])
    return () => mark('found', id, [])
  }, [id, wanted])
}
