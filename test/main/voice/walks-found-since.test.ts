// More conversations in which something went wrong once, found by twenty thousand walks at a time: see walks-found.test.ts.
import { describe, expect, it } from 'vitest'
import {
  byKey,
  byVoice,
  cut,
  cutAt,
  disorder,
  failing,
  speak,
  type,
  wait,
  type Found,
} from '../../support/walks/shorthand.ts'
import { walk } from '../../support/walks/walk.ts'

const found: Found[] = [
  [
    'words of a turn come that was put back with its call, when more stands behind that',
    byVoice(
      5,
      speak(200, true, false),
      wait(3_000),
      failing,
      { do: 'transcripts', are: 1_500 },
      speak(200, false, true),
      { do: 'put back' },
      type(false),
      type(false),
    ),
  ],
  [
    'a press is taken back before it is a turn, and words are typed behind it',
    byKey(120, { do: 'press' }, speak(200, false, false), { do: 'release' }, { do: 'take back' }, type(false)),
  ],
  [
    'typed before speech that is answered first, and the line is lost before the words are',
    byVoice(
      120,
      cutAt('conversation.item.input_audio_transcription.completed', false, 1013),
      speak(200, false, false),
      cut('reset', 0),
      type(false),
      cut('reset', 0),
      wait(1_200),
    ),
  ],
  [
    'typed as speech of before reaches the next line, which is cut in its answer',
    byVoice(
      120,
      speak(200, false, true),
      cut(1012, 0),
      speak(400, false, true),
      cutAt('response.output_audio.delta', true, 1013),
      type(false),
      wait(1_200),
      { do: 'answer', kind: 'long' },
    ),
  ],
  [
    'its commit is not told, and that its item was added only after its answer',
    byKey(
      5,
      { do: 'press' },
      speak(200, false, false),
      disorder('input_audio_buffer.committed', 'lost'),
      { do: 'release' },
      disorder('conversation.item.added', 'late'),
      wait(1_200),
      type(false),
      { do: 'hush' },
    ),
  ],
  [
    'turns that were undone together are asked again, one of them without words but with a function that runs',
    byVoice(
      5,
      { do: 'transcripts', are: 'failed' },
      speak(200, true, true),
      failing,
      type(false),
      wait(8_000),
      { do: 'retry' },
      speak(200, false, false),
      wait(40),
      type(false),
    ),
  ],
  [
    'a call that was interrupted before it ran stands behind a turn that is said again',
    byKey(
      5,
      { do: 'press' },
      cutAt('response.created', true, 'reset'),
      speak(200, false, false),
      type(true),
      { do: 'release' },
      { do: 'press' },
      speak(400, false, false),
    ),
  ],
  [
    'the conversation has to go to another session just when the key is let go',
    byKey(120, type(false), { do: 'press' }, wait(8_000), speak(200, false, false), wait(8_000)),
    20_000,
  ],
  [
    'a line dies with sound that nothing follows',
    byVoice(120, cut(1013, 0), { do: 'hush' }, speak(200, false, true), cut('vanish', 0)),
  ],
  [
    'typed long after speech on a line that has died since',
    byVoice(
      5,
      speak(200, false, false),
      cut('reset', 0),
      cutAt('input_audio_buffer.speech_started', false, 'vanish'),
      wait(8_000),
      type(false),
      { do: 'press' },
      disorder('input_audio_buffer.speech_started', 'lost'),
      cut(1013, 0),
      wait(40),
    ),
  ],
]

describe('a conversation that went wrong once', () => {
  it.each(found)('[T18] %s', async (_, steps, sessionMs = 3_600_000) => {
    expect(await walk({ ...steps, sessionMs })).toEqual([])
  })
})
