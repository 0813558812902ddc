// Conversations in which something went wrong once: found by session-walks.test.ts, made as short as they get.
import { describe, expect, it } from 'vitest'
import type { Step, Walk } from '../../support/walks/steps.ts'
import { walk } from '../../support/walks/walk.ts'

const speak = (ms: number, tool: boolean, thenQuiet: boolean): Step => ({ do: 'speak', ms, tool, thenQuiet })
const type = (tool: boolean): Step => ({ do: 'type', tool })
const wait = (ms: number): Step => ({ do: 'wait', ms })
const disorder = (of: string, how: 'lost' | 'twice' | 'late'): Step => ({ do: 'disorder', type: of, how })
const cutAt = (of: string, isBehind: boolean, how: 'reset' | 'vanish'): Step => ({
  do: 'cut at',
  type: of,
  isBehind,
  how,
})
const cut = (how: 'reset' | 'vanish' | 1011 | 1012, downMs: number): Step => ({ do: 'cut', how, downMs })

const byVoice = (latencyMs: number, ...steps: Step[]): Omit<Walk, 'sessionMs'> => ({
  mode: 'semantic',
  latencyMs,
  steps,
})
const byKey = (latencyMs: number, ...steps: Step[]): Omit<Walk, 'sessionMs'> => ({ mode: 'manual', latencyMs, steps })

const found: [string, Omit<Walk, 'sessionMs'>][] = [
  [
    'the end of a response that asked for a function is lost',
    byKey(5, type(true), disorder('response.done', 'lost'), wait(3_000)),
  ],
  [
    'a reminder while a function runs that was taken back',
    byVoice(5, speak(800, true, true), { do: 'take back' }, { do: 'reminder' }, wait(3_000)),
  ],
  [
    'an output is put behind its call when more stands there already',
    byVoice(120, type(true), cut(1012, 0), speak(800, true, false)),
  ],
  [
    'words come back to their place when something else was begun',
    byVoice(120, type(false), { do: 'take back' }, speak(200, true, true), { do: 'put back' }),
  ],
  [
    'an answer that never ended was interrupted before its first sound',
    byKey(120, type(false), { do: 'answer', kind: 'silent' }, wait(400), type(true), wait(8_000)),
  ],
  [
    'typed behind a press on a line that is dead',
    byKey(5, { do: 'press' }, speak(800, false, false), { do: 'release' }, cut('vanish', 1_500), wait(40), type(false)),
  ],
  [
    'typed behind a press while there is no line',
    byKey(5, { do: 'press' }, cut('reset', 1_500), speak(800, true, true), { do: 'release' }, wait(400), type(false)),
  ],
  [
    'typed between two breaths that reach the next line together',
    byVoice(120, speak(400, false, false), cut(1012, 300), type(true), wait(1_200), speak(400, false, true)),
  ],
  [
    'a turn behind one whose words the next session was not given',
    byVoice(
      120,
      speak(400, true, true),
      speak(400, false, true),
      { do: 'press' },
      cut('reset', 1_500),
      { do: 'put back' },
      speak(400, false, false),
    ),
  ],
  [
    'the line dies between a turn and its answer',
    byVoice(120, cutAt('conversation.item.added', true, 'vanish'), speak(400, true, false), speak(800, false, true)),
  ],
  [
    'the service can’t begin its answer because ours goes on',
    byVoice(120, type(false), wait(150), cutAt('conversation.item.added', true, 'reset'), speak(800, false, true)),
  ],
  [
    'typed while the service is just making a turn of speech',
    byVoice(120, cut(1012, 300), speak(200, false, true), wait(400), type(true)),
  ],
  [
    'the answer to an output is cut, and the words are not known',
    byVoice(
      120,
      { do: 'transcripts', are: null },
      speak(200, true, true),
      { do: 'tool ends' },
      cutAt('response.output_audio.done', false, 'reset'),
      wait(3_000),
    ),
  ],
  [
    'speech behind the end of a turn, when the line is lost',
    byVoice(
      120,
      cut(1012, 300),
      type(false),
      speak(800, true, true),
      cutAt('conversation.item.done', true, 'reset'),
      speak(400, true, true),
    ),
  ],
  [
    'an item that is gone is told of once more',
    byKey(5, type(false), { do: 'take back' }, disorder('conversation.item.added', 'twice'), wait(400)),
  ],
  [
    'an item is never acknowledged, and answered',
    byKey(
      5,
      disorder('conversation.item.done', 'lost'),
      disorder('conversation.item.added', 'lost'),
      type(false),
      wait(1_200),
    ),
  ],
  [
    'typed while the key is down, and let go',
    byKey(5, { do: 'press' }, speak(800, false, false), { do: 'release' }, { do: 'press' }, type(true), cut(1011, 300)),
  ],
]

describe('a conversation that went wrong once', () => {
  it.each(found)('[T18] %s', async (_, steps) => {
    expect(await walk({ ...steps, sessionMs: 3_600_000 })).toEqual([])
  })
})
