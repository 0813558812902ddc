// A question before something is done: what, with the exact arguments. It takes the focus from nobody, opens half a second
// after it is seen, and is a no when nobody answers: a key or a click that was meant for something else must not say yes.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ApprovalView } from '../../core/agent/task.ts'
import { argumentRows } from '../call-arguments.ts'
import { toolWords } from '../call-words.ts'
import { hasMoved, isMeant, type Place } from '../hand-at-rest.ts'
import { useApp, useLanguage, useMay, useNow } from '../hooks.ts'
import { Icon } from './icon.tsx'

/** What was not seen for so long was not read. Main counts the same from when it asked. */
const readForMs = 500
/** A press on a window that has no focus gives it the focus so soon. */
const ownPressMs = 200
/** So long before the end it is said that more time can be had. */
const warnsBeforeS = 20

/** @param others wait behind it */
export function ApprovalCard({ approval, others }: { approval: ApprovalView; others: number }) {
  const app = useApp()
  const { say, parts, wording } = useLanguage()
  const { id, digest, tool, risk, facts, afterUntrusted, opensMs, expiresMs } = approval
  const question = wording(approval.wording)
  const nowMs = useNow(100)
  const [seenMs, setSeenMs] = useState(() => app.nowMs())
  const card = useRef<HTMLElement>(null)
  const place = useRef<Place | null>(null)
  const [isAnswered, setAnswered] = useState(false)
  const mayAnswer = useMay('approve')
  const isOpen = mayAnswer && nowMs >= Math.max(opensMs, seenMs + readForMs) && nowMs < expiresMs && !isAnswered
  const rows = argumentRows(approval.arguments, say)
  const leftS = Math.max(0, Math.ceil((expiresMs - nowMs) / 1_000))

  /** Whoever was about to click did not mean what stands there now. */
  function beginAnew(): void {
    setSeenMs(app.nowMs())
    if (mayAnswer) void app.ask('approval-moved', null)
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
    if (isSoonOver) app.announce(say('approval.soonOver', { count: warnsBeforeS }))
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
      aria-label={say('approval.permission', { words: question })}
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
          {say('approval.about', { name: toolWords(tool, say), words: say(`risk.${risk}`) })}
          {others > 0 && <span class="approval-others"> {say('approval.others', { count: others })}</span>}
        </p>
        {afterUntrusted && (
          <p class="approval-warning">
            <Icon name="warning" />
            {say('approval.untrusted')}
          </p>
        )}
        <div class="approval-exactly" tabIndex={0} role="group" aria-label={say('approval.exactly')}>
          {facts.length > 0 && (
            <dl class="approval-facts">
              {facts.map(({ name, value, wording: own }) => (
                <div key={name}>
                  <dt>{say(`fact.${name}`)}</dt>
                  <dd dir="auto">{own === undefined ? value : wording(own)}</dd>
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
                <summary>{say('approval.asSent')}</summary>
                <pre>{approval.arguments}</pre>
              </details>
            </>
          )}
        </div>
      </div>
      {!mayAnswer && <p class="approval-warning">{say('right.none.approve')}</p>}
      <footer>
        <span class="approval-left">
          {parts(
            'approval.left',
            { count: leftS },
            { seconds: (inside) => <span class="approval-seconds">{inside}</span> },
          )}
        </span>
        <button type="button" disabled={!mayAnswer} onClick={() => void app.ask('more-time', { approval: id })}>
          {say('approval.moreTime')}
        </button>
        <button
          type="button"
          class="primary"
          aria-disabled={!isOpen}
          onClick={(event) => isMeant(event) && void answer(false)}
        >
          {say('approval.no')}
        </button>
        <button type="button" aria-disabled={!isOpen} onClick={(event) => isMeant(event) && void answer(true)}>
          {say('approval.yes')}
        </button>
      </footer>
    </article>
  )
}
