// A question before something is done: what, with the exact arguments. It takes the focus from nobody, opens half a second
// after it is seen, and is a no when nobody answers: a key or a click that was meant for something else must not say yes.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ApprovalView } from '../../core/agent/task.ts'
import { argumentRows } from '../call-arguments.ts'
import { riskWords, toolWords } from '../call-words.ts'
import { hasMoved, isMeant, type Place } from '../hand-at-rest.ts'
import { useApp, useNow } from '../hooks.ts'
import { Icon } from './icon.tsx'

/** What was not seen for so long was not read. Main counts the same from when it asked. */
const readForMs = 500
/** A press on a window that has no focus gives it the focus so soon. */
const ownPressMs = 200
/** So long before the end it is said that more time can be had. */
const warnsBeforeS = 20

const words = {
  moreTime: 'More time',
  soonOver: `${warnsBeforeS} seconds are left to answer. The button “More time” gives you another minute.`,
}

/** @param others wait behind it */
export function ApprovalCard({ approval, others }: { approval: ApprovalView; others: number }) {
  const app = useApp()
  const { id, digest, tool, risk, question, facts, afterUntrusted, opensMs, expiresMs } = approval
  const nowMs = useNow(100)
  const [seenMs, setSeenMs] = useState(() => Date.now())
  const card = useRef<HTMLElement>(null)
  const place = useRef<Place | null>(null)
  const [isAnswered, setAnswered] = useState(false)
  const isOpen = nowMs >= Math.max(opensMs, seenMs + readForMs) && nowMs < expiresMs && !isAnswered
  const rows = argumentRows(approval.arguments)
  const leftS = Math.max(0, Math.ceil((expiresMs - nowMs) / 1_000))

  /** Whoever was about to click did not mean what stands there now. */
  function beginAnew(): void {
    setSeenMs(Date.now())
    void app.ask('approval-moved', null)
  }

  function hasStayed(): boolean {
    const before = place.current
    const now = card.current?.getBoundingClientRect() ?? null
    place.current = now
    if (before === null || now === null || !hasMoved(before, now)) return true
    beginAnew()
    return false
  }

  useEffect(() => void hasStayed(), [nowMs])
  const isSoonOver = leftS > 0 && leftS <= warnsBeforeS
  useEffect(() => {
    if (isSoonOver) app.announce(words.soonOver)
  }, [isSoonOver])
  useEffect(() => {
    let pressedMs = -Infinity
    const press = (): void => void (pressedMs = Date.now())
    // A window that has just come to the front was not read while it lay behind another; one that is pressed was in sight.
    const arrive = (): void => {
      if (Date.now() - pressedMs > ownPressMs) beginAnew()
    }
    addEventListener('pointerdown', press, true)
    addEventListener('focus', arrive)
    return () => {
      removeEventListener('pointerdown', press, true)
      removeEventListener('focus', arrive)
    }
  }, [])

  async function answer(approved: boolean): Promise<void> {
    if (!isOpen || !hasStayed()) return
    setAnswered(true)
    if (!(await app.ask('approve', { approval: id, digest, approved })).ok) setAnswered(false)
  }

  return (
    <article
      class="approval-card"
      ref={card}
      aria-label={`Permission: ${question}`}
      onKeyDown={(event) => {
        // A key that is held down clicks again and again.
        if (event.repeat) return event.preventDefault()
        if (event.key !== 'Escape') return
        event.preventDefault()
        void answer(false)
      }}
    >
      <div class="approval-what">
        <h3 dir="auto">{question}</h3>
        <p class="approval-about">
          {toolWords(tool)}: {riskWords(risk)}.
          {others > 0 && <span class="approval-others"> {others === 1 ? '1 more waits' : `${others} more wait`}.</span>}
        </p>
        {afterUntrusted && (
          <p class="approval-warning">
            <Icon name="warning" />
            Text from elsewhere was read before this. Say yes only if you wanted it yourself.
          </p>
        )}
        <div class="approval-exactly" tabIndex={0} role="group" aria-label="Exactly this">
          {facts.length > 0 && (
            <dl class="approval-facts">
              {facts.map(({ name, value }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd dir="auto">{value}</dd>
                </div>
              ))}
            </dl>
          )}
          {rows === null ? (
            <pre>{approval.arguments}</pre>
          ) : (
            <>
              <table>
                <tbody>
                  {rows.map(({ name, value }) => (
                    <tr key={name}>
                      <th scope="row">{name}</th>
                      <td dir="auto">{value}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <details>
                <summary>As it is sent</summary>
                <pre>{approval.arguments}</pre>
              </details>
            </>
          )}
        </div>
      </div>
      <footer>
        <span class="approval-left">
          No, unless you answer in <span class="approval-seconds">{leftS} s</span>
        </span>
        <button type="button" onClick={() => void app.ask('more-time', { approval: id })}>
          {words.moreTime}
        </button>
        <button
          type="button"
          class="primary"
          aria-disabled={!isOpen}
          onClick={(event) => isMeant(event) && void answer(false)}
        >
          No
        </button>
        <button type="button" aria-disabled={!isOpen} onClick={(event) => isMeant(event) && void answer(true)}>
          Yes, do it
        </button>
      </footer>
    </article>
  )
}
