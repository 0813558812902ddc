// Short words for the steps of a conversation that is written down by hand.
import type { AnswerKind, Step, Walk } from './steps.ts'

export const speak = (ms: number, tool: boolean, thenQuiet: boolean): Step => ({ do: 'speak', ms, tool, thenQuiet })
export const type = (tool: boolean): Step => ({ do: 'type', tool })
export const wait = (ms: number): Step => ({ do: 'wait', ms })
export const disorder = (of: string, how: 'lost' | 'twice' | 'late'): Step => ({ do: 'disorder', type: of, how })
export const cutAt = (of: string, isBehind: boolean, how: 'reset' | 'vanish' | 1011 | 1012 | 1013): Step => ({
  do: 'cut at',
  type: of,
  isBehind,
  how,
})
export const cut = (how: 'reset' | 'vanish' | 1011 | 1012 | 1013, downMs: number): Step => ({ do: 'cut', how, downMs })

export const byVoice = (latencyMs: number, ...steps: Step[]): Omit<Walk, 'sessionMs'> => ({
  mode: 'semantic',
  latencyMs,
  steps,
})
export const byKey = (latencyMs: number, ...steps: Step[]): Omit<Walk, 'sessionMs'> => ({
  mode: 'manual',
  latencyMs,
  steps,
})

export const press: Step = { do: 'press' }
export const release: Step = { do: 'release' }
export const hush: Step = { do: 'hush' }
export const takeBack: Step = { do: 'take back' }
export const putBack: Step = { do: 'put back' }
export const retry: Step = { do: 'retry' }
export const toolEnds: Step = { do: 'tool ends' }
export const reminder: Step = { do: 'reminder' }

/** The next answer is of this kind. */
export const answer = (kind: AnswerKind): Step => ({ do: 'answer', kind })
export const failing = answer('failed')
export const transcripts = (are: number | 'before' | 'failed' | null): Step => ({ do: 'transcripts', are })

/** What happened in it, the conversation, and how long a session lasts where that matters. */
export type Found = [what: string, walk: Omit<Walk, 'sessionMs'>, sessionMs?: number]
