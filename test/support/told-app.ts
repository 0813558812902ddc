// An app to which a test adds what windows are told and, for named requests, what they are answered: states that take an
// hour, a fault or another service to come about. Everything else is the real app's.
import type { Answers, ArgumentOf, Notice, Reply, RequestName } from '../../src/core/ipc.ts'
import type { App } from '../../src/main/app/app.ts'

type Own = { [Name in RequestName]?: (argument: ArgumentOf<Name>) => Answers[Name] }

export interface ToldApp {
  app: App
  /** What the real app tells of that kind is held back from then on. */
  tell: (notice: Notice) => void
  /** From now on these requests are answered so. */
  answer: (own: Own) => void
  /** The real app answers this one again. */
  answerReally: (name: RequestName) => void
  /** What was asked of requests that the test answers. */
  asked: readonly { name: string; argument: unknown }[]
}

export function createToldApp(real: App): ToldApp {
  const listeners = new Set<(notice: Notice) => void>()
  const held = new Set<Notice['type']>()
  const asked: { name: string; argument: unknown }[] = []
  let own: Own = {}
  return {
    app: {
      ...real,
      hear(listen) {
        listeners.add(listen)
        const undo = real.hear((notice) => {
          if (!held.has(notice.type)) listen(notice)
        })
        return () => {
          listeners.delete(listen)
          undo()
        }
      },
      async answer(name, argument, role): Promise<Reply> {
        const act = own[name as RequestName] as ((given: unknown) => unknown) | undefined
        if (act === undefined) return real.answer(name, argument, role)
        asked.push({ name: String(name), argument })
        return { ok: true, value: act(argument) }
      },
    },
    tell(notice) {
      held.add(notice.type)
      for (const listen of listeners) listen(notice)
    },
    answer(more) {
      own = { ...own, ...more }
    },
    answerReally(name) {
      const { [name]: _, ...others } = own
      own = others
    },
    asked,
  }
}
