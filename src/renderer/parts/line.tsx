// What one of the two said: heard words, those that have not sounded yet dimmed, the cut marked, a failure in words.
import { cutMark } from '../../core/turn/heard.ts'
import type { CaptionLine } from '../words.ts'

export function Line({ line, isRecent }: { line: CaptionLine; isRecent: boolean }) {
  const { role, heard, unheard, cut, failure, open } = line
  const isWaiting = open && heard === '' && unheard === ''
  return (
    <li class={`line ${role} ${isRecent ? 'recent' : ''}`}>
      <span class="who">{role === 'user' ? 'You' : 'Parley'}</span>
      <p class="said" dir="auto">
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
