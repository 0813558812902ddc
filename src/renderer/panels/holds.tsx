// What the model holds: every entry as the service acknowledged it, the proof that it is what was meant, and what is missing.
import { useEffect, useState } from 'preact/hooks'
import type { HeldItem, HeldKind, HoldsView } from '../../core/conversation/holds.ts'
import type { Say } from '../../core/language/messages.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'

const kinds = {
  note: 'holds.note',
  person: 'said.you',
  voice: 'said.parley',
  call: 'holds.call',
  result: 'holds.result',
} as const satisfies Record<HeldKind, string>

export function HoldsPanel() {
  const { say, told } = useLanguage()
  const holds = useHolds()
  if (holds === null) return <p class="nothing">{say('holds.looking')}</p>
  if (holds.session === null) return <p class="nothing">{say('holds.noSession')}</p>
  const { items, refused, leftOut, missing, summary } = holds
  return (
    <div class="holds">
      <Proof holds={holds} />
      {refused.length > 0 && (
        <section class="health-part">
          <h3>{say('holds.refused')}</h3>
          <ul class="held">
            {refused.map(({ of, words, reason }, at) => (
              <li key={at}>
                <span class="held-kind">
                  {say(of === 'turn' ? 'holds.words' : of === 'call' ? 'holds.toolCall' : 'holds.summary')}
                </span>
                <span dir="auto">{words}</span>
                <span class="bad">{told(reason)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {(leftOut > 0 || summary !== null) && (
        <section class="health-part">
          <h3>{say('holds.older')}</h3>
          <p>{olderWords(leftOut, missing, say)}</p>
          {summary !== null && (
            <details>
              <summary>{say('holds.theSummary')}</summary>
              <p class="summary-text" dir="auto">
                {summary}
              </p>
            </details>
          )}
        </section>
      )}
      <section class="health-part">
        <h3>{say('holds.entries', { count: items.length })}</h3>
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
  const { say, parts, timeOfDay } = useLanguage()
  if (proof === null) return <p class="quiet">{say('holds.fresh')}</p>
  const { atMs, items, digest, sessions, attempts } = proof
  return (
    <div class="verdict-card good proof">
      <Icon name="check" />
      <div>
        <strong>{say('holds.verified', { count: items, time: timeOfDay(atMs) })}</strong>
        <p>
          {parts(
            'holds.exactly',
            { attempts, sessions, name: digest.slice(0, 16) },
            { code: (inside) => <code>{inside}</code> },
          )}
        </p>
      </div>
    </div>
  )
}

function olderWords(leftOut: number, missing: number, say: Say): string {
  return leftOut === 0 ? say('holds.allTurns') : say('holds.olderTurns', { count: leftOut, more: missing })
}

function Held({ item: { kind, from, acknowledgedMs, text } }: { item: HeldItem }) {
  const { say } = useLanguage()
  return (
    <li>
      <span class="held-kind">
        {say(kinds[kind])}
        <span class="quiet">
          {say(from === 'restored' ? 'holds.restored' : acknowledgedMs === null ? 'holds.growing' : 'holds.live')}
        </span>
      </span>
      <span class="held-words" dir="auto">
        {text === '' ? '…' : text}
      </span>
    </li>
  )
}
