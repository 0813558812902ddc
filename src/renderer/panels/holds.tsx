// What the model holds: every entry as the service acknowledged it, the proof that it is what was meant, and what is missing.
import { useEffect, useState } from 'preact/hooks'
import type { HeldItem, HeldKind, HoldsView } from '../../core/conversation/holds.ts'
import { count, timeOfDay } from '../format.ts'
import { useApp, useKnown } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'

const kinds: Record<HeldKind, string> = {
  note: 'Note',
  person: 'You',
  voice: 'Parley',
  call: 'Tool asked',
  result: 'Tool answered',
}

export function HoldsPanel() {
  const holds = useHolds()
  if (holds === null) return <p class="nothing">Looking…</p>
  if (holds.session === null)
    return (
      <p class="nothing">There is no session now, so the model holds nothing. It is given everything when it opens.</p>
    )
  const { items, refused, leftOut, missing, summary } = holds
  return (
    <div class="holds">
      <Proof holds={holds} />
      {refused.length > 0 && (
        <section class="health-part">
          <h3>Refused by the service</h3>
          <ul class="held">
            {refused.map(({ of, words, reason }, at) => (
              <li key={at}>
                <span class="held-kind">{of === 'turn' ? 'Words' : of === 'call' ? 'Tool call' : 'Summary'}</span>
                <span dir="auto">{words}</span>
                <span class="bad">{reason}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {(leftOut > 0 || summary !== null) && (
        <section class="health-part">
          <h3>Older turns</h3>
          <p>{olderWords(leftOut, missing)}</p>
          {summary !== null && (
            <details>
              <summary>The summary</summary>
              <p class="summary-text" dir="auto">
                {summary}
              </p>
            </details>
          )}
        </section>
      )}
      <section class="health-part">
        <h3>{items.length === 1 ? 'One entry' : `${count(items.length)} entries`}</h3>
        <ol class="held">
          {items.map((item) => (
            <Held key={item.id} item={item} />
          ))}
        </ol>
      </section>
    </div>
  )
}

/** Asked again whenever the conversation or the line has moved on. */
function useHolds(): HoldsView | null {
  const app = useApp()
  const conversation = useKnown((known) => known.conversation)
  const state = useKnown((known) => known.state)
  const health = useKnown((known) => known.health)
  const [holds, setHolds] = useState<HoldsView | null>(null)
  const { type } = state.line
  const restoredMs = health.restored?.atMs
  useEffect(() => {
    let isStale = false
    void app.ask('holds', null).then((reply) => {
      if (reply.ok && !isStale) setHolds(reply.value)
    })
    return () => {
      isStale = true
    }
  }, [app, conversation.id, conversation.seq, type, restoredMs])
  return holds
}

function Proof({ holds: { proof } }: { holds: HoldsView }) {
  if (proof === null) return <p class="quiet">A fresh session: nothing had to be restored.</p>
  const { atMs, items, digest, sessions, attempts } = proof
  const effort = attempts > 1 ? ` It took ${count(attempts)} attempts in ${count(sessions)} sessions.` : ''
  return (
    <div class="verdict-card good proof">
      <Icon name="check" />
      <div>
        <strong>
          {count(items)} restored, verified at {timeOfDay(atMs)}
        </strong>
        <p>
          The service holds exactly what it was given.{effort} Checksum <code>{digest.slice(0, 16)}</code>
        </p>
      </div>
    </div>
  )
}

function olderWords(leftOut: number, missing: number): string {
  if (leftOut === 0) return 'All turns are given word by word.'
  const given = `${count(leftOut)} older ${leftOut === 1 ? 'turn is' : 'turns are'} not given word by word.`
  if (missing === 0) return `${given} The summary stands for them.`
  return `${given} The summary stands for all but ${count(missing)}: of those the model knows nothing.`
}

function Held({ item: { kind, from, acknowledgedMs, text } }: { item: HeldItem }) {
  return (
    <li>
      <span class="held-kind">
        {kinds[kind]}
        <span class="quiet">
          {from === 'restored' ? 'restored' : acknowledgedMs === null ? 'growing' : 'said live'}
        </span>
      </span>
      <span class="held-words" dir="auto">
        {text === '' ? '…' : text}
      </span>
    </li>
  )
}
