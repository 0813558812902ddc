// “What happened at 10:41”: the line's own record of that time in words, and a file to send along.
import { useState } from 'preact/hooks'
import type { Happened } from '../../core/health/happened.ts'
import { saveFile } from '../actions.ts'
import { useApp, useLanguage, useMay } from '../hooks.ts'
import { localMinute, minuteFrom } from '../local-minute.ts'
import { Icon } from '../parts/icon.tsx'
import { Form, LineField } from './line-field.tsx'

const aroundMs = 10 * 60_000
const keptMs = 7 * 24 * 60 * 60_000

export function HappenedAt({ nowMs }: { nowMs: number }) {
  const app = useApp()
  const { say } = useLanguage()
  // Of the same moment as the field's limit: a minute later than that one the browser lets nobody ask about.
  const [at, setAt] = useState(() => localMinute(nowMs))
  const [happened, setHappened] = useState<Happened | null>(null)
  const atMs = minuteFrom(at)

  async function look(): Promise<void> {
    if (atMs === null) return
    const reply = await app.ask('happened', { fromMs: Math.max(0, atMs - aroundMs), toMs: atMs + aroundMs })
    if (reply.ok) setHappened(reply.value)
  }
  const isHere = useMay('here')
  async function save(): Promise<void> {
    const file = await app.ask('diagnostics', null)
    if (!file.ok) return
    saveFile(app, file.value)
  }

  return (
    <section class="health-part">
      <h3>{say('happened.title')}</h3>
      <Form onSubmit={() => void look()}>
        <LineField
          label={say('happened.around')}
          hint={say('happened.kept')}
          action={say('happened.look')}
          disabled={atMs === null}
          value={at}
          onInput={setAt}
          input={{ type: 'datetime-local', min: localMinute(nowMs - keptMs), max: localMinute(nowMs) }}
        />
      </Form>
      <div role="status">{happened && <Told happened={happened} />}</div>
      {isHere && (
        <button type="button" class="own-width" onClick={() => void save()}>
          <Icon name="download" />
          {say('happened.save')}
        </button>
      )}
      {isHere && <p class="quiet">{say('happened.file')}</p>}
    </section>
  )
}

function Told({ happened: { summary, events } }: { happened: Happened }) {
  const { say, told, timeOfDay } = useLanguage()
  return (
    <div class="happened">
      <p>{told(summary)}</p>
      {events.length > 0 && (
        <ol>
          {events.map(({ atMs, words, trouble }, at) => (
            <li key={at} class={trouble ? 'trouble-event' : ''}>
              <time dateTime={new Date(atMs).toISOString()}>{timeOfDay(atMs)}</time>
              <span>
                {trouble && <span class="unseen">{say('happened.trouble')}</span>}
                {told(words)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
