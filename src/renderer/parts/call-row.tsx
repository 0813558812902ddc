// One thing that was done during the talk: what and how it stands in one line; what was given and came back, when opened.
import type { ToolCall } from '../../core/conversation/reduce.ts'
import { readable, toolWords } from '../call-words.ts'
import { useLanguage } from '../hooks.ts'
import { StateMark } from './state-mark.tsx'

export function CallRow({ call }: { call: ToolCall }) {
  const { say } = useLanguage()
  return (
    <div class="call-row">
      <details>
        <summary>
          <StateMark state={call.state} />
          <span class="call-name">{toolWords(call.name, say)}</span>
          <span class="call-state">{say(`call.${call.state}`)}</span>
        </summary>
        <div class="call-body">
          <Piece name={say('call.given')} text={readable(call.arguments)} />
          <Piece name={say('call.cameBack')} text={readable(call.output)} />
        </div>
      </details>
    </div>
  )
}

function Piece({ name, text }: { name: string; text: string }) {
  const { say } = useLanguage()
  const isEmpty = text.trim() === '' || text.trim() === '{}'
  return (
    <>
      <h4>{name}</h4>
      {isEmpty ? (
        <p class="nothing">{say('call.nothing')}</p>
      ) : (
        <pre tabIndex={0} role="group" aria-label={name}>
          {text}
        </pre>
      )}
    </>
  )
}
