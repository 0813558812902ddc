// The first stops of the tab key: past everything to where one wants to be. F6 goes round the same places.
import { useEffect } from 'preact/hooks'
import { useLanguage } from '../hooks.ts'
import { focusOn } from '../view.ts'

const places = [
  { selector: '.captions .row[tabindex="0"], .captions[tabindex="0"]', name: 'skip.conversation' },
  { selector: '.talk', name: 'skip.talk' },
  { selector: '#typed', name: 'skip.type' },
  { selector: '.entries .entry-open:not([tabindex="-1"])', name: 'skip.list' },
] as const

export function SkipLinks() {
  const { say } = useLanguage()
  useEffect(() => {
    const keyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || document.querySelector('dialog:modal') !== null) return
      event.preventDefault()
      goRound(event.shiftKey ? -1 : 1)
    }
    addEventListener('keydown', keyDown)
    return () => removeEventListener('keydown', keyDown)
  }, [])
  return (
    <nav class="skip-links" aria-label={say('skip.area')}>
      {places.map(({ selector, name }) => (
        <button key={selector} type="button" onClick={() => focusOn(selector)}>
          {say(name)}
        </button>
      ))}
    </nav>
  )
}

/** A question, the tasks and a panel that stands beside the conversation are places, too. */
const round = [
  '.approval-exactly',
  '.task-row[tabindex="0"]',
  '.captions .row[tabindex="0"], .captions[tabindex="0"]',
  '.talk',
  '#typed',
  '.panel button',
  '.entries .entry-open:not([tabindex="-1"])',
]

function goRound(by: 1 | -1): void {
  const stops = round.flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? [])
  const at = stops.findIndex((stop) => {
    const part = stop.closest('.approval-card, .task-rows, .captions, .dock-talk, .typing, .panel, .entries') ?? stop
    return part.contains(document.activeElement)
  })
  const first = by === 1 ? 0 : stops.length - 1
  stops[at === -1 ? first : (at + by + stops.length) % stops.length]?.focus()
}
