// How one step of work stands, as a small picture beside the words that say it.
import type { ToolCall } from '../../core/conversation/reduce.ts'
import { Icon, type IconName } from './icon.tsx'

const pictures: Record<ToolCall['state'], IconName> = {
  asked: 'clock',
  running: 'clock',
  ended: 'check',
  failed: 'warning',
  cancelled: 'close',
  unknown: 'question',
}

export function StateMark({ state }: { state: ToolCall['state'] }) {
  return (
    <span class={`state-mark ${state}`}>
      <Icon name={pictures[state]} />
    </span>
  )
}
