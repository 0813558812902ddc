// Above the conversation: its name, the line's health in a few words, and the ways to the panels.
import { judgeHealth } from '../../core/health/verdict.ts'
import { roundTripMs } from '../../core/health/window.ts'
import { clockTime } from '../../core/language/formats.ts'
import { useKnown, useLanguage, useMay, useNow } from '../hooks.ts'
import type { PanelName } from '../panels/panel-name.ts'
import { Icon } from './icon.tsx'
import { Setup } from './setup.tsx'

export function TopBar({
  isWide,
  panel,
  onOpen,
}: {
  isWide: boolean
  panel: PanelName | null
  onOpen: (name: PanelName) => void
}) {
  const { say } = useLanguage()
  const title = useKnown((known) => known.conversation.title)
  const slow = useKnown((known) => known.slow)
  const isHere = useMay('here')
  const mayManage = useMay('manage')
  return (
    <header class="top">
      {!isWide && (
        <button
          type="button"
          class="plain"
          aria-label={say('window.conversations')}
          aria-expanded={panel === 'history'}
          onClick={() => onOpen('history')}
        >
          <Icon name="menu" />
        </button>
      )}
      <h1 dir="auto">{title === '' ? say('window.newConversation') : title}</h1>
      {isHere && <Setup onSettings={() => onOpen('settings')} />}
      <HealthLine isOpen={panel === 'health'} onOpen={() => onOpen('health')} />
      {mayManage && (
        <button
          type="button"
          class="plain"
          aria-label={say('window.settings')}
          aria-expanded={panel === 'settings'}
          onClick={() => onOpen('settings')}
        >
          <Icon name="settings" />
        </button>
      )}
      <div class="working" role="status">
        {slow > 0 && (
          <>
            <progress aria-label={say('window.working')} />
            <span class="unseen">{say('window.isWorking')}</span>
          </>
        )}
      </div>
    </header>
  )
}

function HealthLine({ isOpen, onOpen }: { isOpen: boolean; onOpen: () => void }) {
  const language = useLanguage()
  const { say, milliseconds } = language
  const state = useKnown((known) => known.state)
  const health = useKnown((known) => known.health)
  const isAway = useKnown(({ reach }) => reach === 'lost' || reach === 'elsewhere')
  const isDevice = useKnown(({ device }) => device !== null)
  const nowMs = useNow(1_000)
  const { line } = state
  const verdict = isAway
    ? { grade: 'away', summary: say(isDevice ? 'window.noLine' : 'window.stopped') }
    : judgeHealth(line, health, nowMs, language)
  const roundTrip = roundTripMs(health.roundTrips)
  return (
    <button type="button" class={`health-line ${verdict.grade}`} aria-expanded={isOpen} onClick={onOpen}>
      <i class="dot" aria-hidden="true" />
      <span class="verdict">{verdict.summary}</span>
      {line.type === 'live' && !isAway && (
        <span class="figures">
          {roundTrip !== null && <span>{milliseconds(roundTrip)}</span>}
          <span>
            <span class="unseen">{say('window.sessionAge')}</span>
            {clockTime(nowMs - line.sinceMs)}
          </span>
        </span>
      )}
    </button>
  )
}
