// The conversation as it is said, with what was done meanwhile; the newest in sight unless one looks further up.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { useApp, useKnown } from '../hooks.ts'
import { taskViewOf } from '../task-words.ts'
import { transcriptOf, type TranscriptEntry } from '../transcript.ts'
import { canTakeBack } from '../waiting-words.ts'
import { captionLines } from '../words.ts'
import { CallRow } from './call-row.tsx'
import { Icon } from './icon.tsx'
import { Line } from './line.tsx'
import { TaskCard } from './task-card.tsx'

/** So near the end one wants to see what comes. */
const nearEndPx = 120

export function Captions() {
  const app = useApp()
  const known = useKnown()
  const lines = captionLines({ ...known, speaking: known.state.presence === 'speaking' })
  const entries = transcriptOf(known.conversation, lines)
  const recent = new Set(lines.slice(-2).map(({ id: line }) => line))
  const isEmpty = entries.length === 0
  const box = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const { id } = known.conversation

  useLayoutEffect(() => {
    follows.current = true
  }, [id])
  useLayoutEffect(() => {
    const { current } = box
    if (current && follows.current) showNewest(current)
  })

  // A panel that opens beside it makes the lines longer.
  useEffect(() => {
    const { current } = box
    if (!current) return undefined
    const observer = new ResizeObserver(() => {
      if (follows.current) showNewest(current)
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
      {isEmpty ? (
        <Empty />
      ) : (
        <ol class="lines">
          {entries.map((entry) => (
            <Entry key={`${entry.type} ${entry.id}`} entry={entry} isRecent={recent.has(entry.id)} />
          ))}
        </ol>
      )}
      {canTakeBack(known) && (
        <button type="button" class="take-back" onClick={() => void app.ask('take-back', null)}>
          <Icon name="undo" />
          Take back the last exchange
        </button>
      )}
      <p class="unseen" aria-live="polite">
        {known.announced}
      </p>
    </div>
  )
}

/** Where nothing was said yet, what one reads first stands at the top. */
function showNewest(box: HTMLElement): void {
  box.scrollTop = box.querySelector('.lines') === null ? 0 : box.scrollHeight
}

function Entry({ entry, isRecent }: { entry: TranscriptEntry; isRecent: boolean }) {
  const { tasks } = useKnown()
  switch (entry.type) {
    case 'line':
      return <Line line={entry.line} isRecent={isRecent} />
    case 'call':
      return <CallRow call={entry.call} />
    case 'task':
      return (
        <li>
          <TaskCard task={taskViewOf(entry.task, tasks)} />
        </li>
      )
  }
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
