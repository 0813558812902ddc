// One thing that was done during the talk: what and how it stands in one line; what was given and came back, when opened.
import type { ToolCall } from '../../core/conversation/reduce.ts'
import { callStateWords, readable, toolWords } from '../call-words.ts'
import { StateMark } from './state-mark.tsx'

export function CallRow({ call }: { call: ToolCall }) {
  return (
    <div class="call-row">
      <details>
        <summary>
          <StateMark state={call.state} />
          <span class="call-name">{toolWords(call.name)}</span>
          <span class="call-state">{callStateWords(call.state)}</span>
        </summary>
        <div class="call-body">
          <Piece name="Given" text={readable(call.arguments)} />
          <Piece name="Came back" text={readable(call.output)} />
        </div>
      </details>
    </div>
  )
}

function Piece({ name, text }: { name: string; text: string }) {
  const isEmpty = text.trim() === '' || text.trim() === '{}'
  return (
    <>
      <h4>{name}</h4>
      {isEmpty ? (
        <p class="nothing">Nothing.</p>
      ) : (
        <pre tabIndex={0} role="group" aria-label={name}>
          {text}
        </pre>
      )}
    </>
  )
}
