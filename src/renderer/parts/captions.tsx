// The conversation as it is said: large words, those that have not sounded yet dimmed, the cut marked.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { cutMark } from '../../core/turn/heard.ts'
import { useKnown } from '../hooks.ts'
import { captionLines, type CaptionLine } from '../words.ts'

/** So near the end one wants to see what comes. */
const nearEndPx = 120

export function Captions() {
  const known = useKnown()
  const lines = captionLines({ ...known, speaking: known.state.presence === 'speaking' })
  const box = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const { id } = known.conversation

  useLayoutEffect(() => {
    follows.current = true
  }, [id])
  useLayoutEffect(() => {
    const { current } = box
    if (current && follows.current) current.scrollTop = current.scrollHeight
  })

  // A panel that opens beside it makes the lines longer.
  useEffect(() => {
    const { current } = box
    if (!current) return undefined
    const observer = new ResizeObserver(() => {
      if (follows.current) current.scrollTop = current.scrollHeight
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [])

  return (
    <div
      class="captions"
      ref={box}
      tabIndex={0}
      role="region"
      aria-label="What was said"
      onScroll={({ currentTarget }) => {
        const { scrollHeight, scrollTop, clientHeight } = currentTarget
        follows.current = scrollHeight - scrollTop - clientHeight < nearEndPx
      }}
    >
      {lines.length === 0 ? (
        <Empty />
      ) : (
        <ol class="lines">
          {lines.map((line, at) => (
            <Line key={line.id} line={line} isRecent={at >= lines.length - 2} />
          ))}
        </ol>
      )}
      <p class="unseen" aria-live="polite">
        {known.announced}
      </p>
    </div>
  )
}

function Line({ line, isRecent }: { line: CaptionLine; isRecent: boolean }) {
  const { role, heard, unheard, cut, failure, open } = line
  const isWaiting = open && heard === '' && unheard === ''
  return (
    <li class={`line ${role} ${isRecent ? 'recent' : ''}`}>
      <span class="who">{role === 'user' ? 'You' : 'Parley'}</span>
      <p class="said">
        {heard}
        {cut && (
          <span class="cut">
            {heard === '' ? '' : ' '}
            <span aria-hidden="true">{cutMark}</span>
            <span class="unseen">, interrupted. </span>
          </span>
        )}
        {unheard !== '' && (
          <span class="unheard">
            {cut && <span class="unseen">Not heard: </span>}
            {heard === '' && !cut ? unheard : ` ${unheard}`}
          </span>
        )}
        {isWaiting && (
          <span class="waiting" role="img" aria-label={role === 'user' ? 'listening' : 'thinking'}>
            <i />
            <i />
            <i />
          </span>
        )}
        {failure !== null && <span class="failure">{failure}</span>}
      </p>
    </li>
  )
}

function Empty() {
  const { state } = useKnown()
  return (
    <div class="empty">
      <h2>What’s on your mind?</h2>
      <p>
        {state.microphone.type === 'missing'
          ? 'Type below: Parley answers aloud and in writing.'
          : state.mode === 'hold'
            ? 'Hold the button or the space bar and talk. Let go when you are done.'
            : 'Just talk. Parley hears when you are done.'}
      </p>
      <ul class="ideas" aria-label="Things to try">
        <li>“What is seventeen times twenty-four?”</li>
        <li>“Remind me in ten minutes to call Ada.”</li>
        <li>“How many days are there until New Year?”</li>
      </ul>
    </div>
  )
}
