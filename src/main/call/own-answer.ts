// Whether a server answers a committed turn by itself: asked beside its own answer, some break that off and lose the turn. Of a
// server not known yet it is waited for what it does when it has the turn, once; after that it is known.
import type { ClientEvent } from '../../core/realtime/events.ts'
import { alreadyActive } from '../../core/realtime/responses.ts'
import type { HeardEvent } from '../../core/realtime/wire-events.ts'
import type { Clock, Undo } from '../ports.ts'
import type { DialectStore } from './configuring.ts'

export interface OwnAnswer {
  sent(event: ClientEvent): void
  follow(event: HeardEvent): void
  /** It may be about to answer by itself: it is not asked now. */
  isDue(): boolean
  stop(): void
}

export interface OwnAnswerOpts {
  clock: Clock
  dialect: DialectStore
  /** A service of which it is known that it answers none. */
  isKnown: boolean
  /** It may be asked now. */
  onOver: () => void
  /** Nothing has come of the commit, not even an error. */
  onUncommitted: () => void
}

/** Behind the item of a turn an answer of the server's own begins at once. */
const beginsWithinMs = 400
/** Reading the words comes before the item on some. */
const showsWithinMs = 8_000

export function createOwnAnswer(opts: OwnAnswerOpts): OwnAnswer {
  const { clock, dialect } = opts
  let isDue = false
  let committedMs = -Infinity
  let undo: Undo = () => undefined

  function end(): void {
    undo()
    isDue = false
  }

  function isOvertaken(event: HeardEvent): boolean {
    if (opts.isKnown || event.type !== 'error' || event.error.code !== alreadyActive) return false
    return dialect.get().answersCommits === false && clock.monotonicMs() - committedMs < showsWithinMs
  }

  /** It has the turn and has not answered it. */
  function unlearn(): void {
    if (dialect.get().answersCommits === true) dialect.learn({ answersCommits: null })
  }

  function after(ms: number, act: () => void): void {
    undo()
    undo = clock.after(ms, () => {
      end()
      act()
      opts.onOver()
    })
  }

  return {
    sent(event) {
      if (event.type !== 'input_audio_buffer.commit') return
      committedMs = clock.monotonicMs()
      if (dialect.get().answersCommits === false) return
      isDue = true
      after(showsWithinMs, opts.onUncommitted)
    },
    follow(event) {
      // Asked beside an answer of its own: it is found out anew.
      if (isOvertaken(event)) dialect.learn({ answersCommits: null })
      if (!isDue) return
      if (event.type === 'response.created' && event.response.conversation_id !== null) {
        end()
        dialect.learn({ answersCommits: true })
        return
      }
      if (event.type === 'input_audio_buffer.committed') after(showsWithinMs, unlearn)
      const isItem = event.type === 'conversation.item.added' && event.item.role === 'user'
      if (!isItem || dialect.get().answersCommits !== null) return
      after(beginsWithinMs, () => dialect.learn({ answersCommits: false }))
    },
    isDue: () => isDue,
    stop: end,
  }
}
