// Conversations in which something went wrong once: found by session-walks.test.ts, made as short as they get.
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
  [
    'the person begins to speak while the conversation goes to another session, with the key down',
    byVoice(120, wait(8_000), { do: 'press' }, wait(8_000), speak(800, true, true)),
    20_000,
  ],
  [
    'a reminder is put in front while the first turn becomes an item',
    byVoice(120, speak(400, false, false), wait(550), { do: 'reminder' }),
  ],
  [
    'asked again by key while that is down for silence',
    byVoice(5, failing, { do: 'press' }, speak(400, false, true), { do: 'retry' }, wait(1_200), type(true)),
  ],
  [
    'neither its commit nor its item is told, only what stands behind it',
    byVoice(
      5,
      disorder('input_audio_buffer.committed', 'lost'),
      disorder('conversation.item.added', 'lost'),
      speak(200, true, true),
    ),
  ],
  [
    'a call of an answer that was spoken over and whose end is lost',
    byVoice(
      120,
      disorder('response.done', 'lost'),
      type(true),
      speak(400, false, false),
      speak(400, true, false),
      type(true),
    ),
  ],
  [
    'typed behind sound that waits and sound that is said again',
    byVoice(
      5,
      cut(1012, 1_500),
      speak(800, true, true),
      cutAt('conversation.item.added', false, 1013),
      speak(200, false, true),
      { do: 'retry' },
      type(true),
    ),
  ],
  [
    'the session before still answers what was typed',
    byKey(
      5,
      wait(8_000),
      { do: 'press' },
      wait(400),
      speak(200, true, false),
      wait(3_000),
      speak(400, true, false),
      wait(3_400),
      type(false),
    ),
    20_000,
  ],
  [
    'spoken over as soon as it began, in a burst of sound',
    byVoice(
      120,
      speak(400, false, true),
      cutAt('input_audio_buffer.speech_stopped', false, 1011),
      speak(400, true, true),
      type(true),
      speak(400, false, true),
    ),
  ],
  [
    'a refusal without a name, and the response that it was about fails',
    byVoice(
      120,
      speak(200, true, true),
      cutAt('response.output_audio_transcript.done', false, 'reset'),
      { do: 'tool ends' },
      speak(400, true, false),
      failing,
      disorder('input_audio_buffer.speech_started', 'late'),
      wait(3_000),
    ),
  ],
  [
    'a function ends between taking back and putting back',
    byVoice(5, speak(400, true, true), { do: 'take back' }, { do: 'tool ends' }, { do: 'put back' }),
  ],
  [
    'nobody told that speech began, and the line breaks before its turn',
    byVoice(
      5,
      cutAt('input_audio_buffer.committed', false, 'reset'),
      disorder('input_audio_buffer.speech_started', 'lost'),
      speak(800, true, true),
    ),
  ],
  [
    'typed behind words that were said while there was no line',
    byVoice(
      20,
      cutAt('response.created', false, 'reset'),
      speak(400, false, true),
      cut(1012, 1_500),
      speak(200, true, true),
      wait(40),
      type(false),
    ),
  ],
  [
    'the end of speech is told twice',
    byVoice(5, disorder('input_audio_buffer.speech_stopped', 'twice'), speak(800, true, true), speak(200, false, true)),
    20_000,
  ],
  [
    'our own call is taken back while an answer never ends',
    byKey(5, { do: 'answer', kind: 'silent' }, type(true), wait(8_000), { do: 'reminder' }, { do: 'take back' }),
  ],
  [
    'typed on a line that is dead, and something is said behind it',
    byVoice(
      5,
      speak(400, true, false),
      type(true),
      { do: 'transcripts', are: 'before' },
      cutAt('conversation.item.input_audio_transcription.completed', true, 'vanish'),
      wait(3_000),
      speak(200, true, false),
    ),
  ],
  [
    'typed between what two lines had heard and what none has',
    byVoice(
      5,
      speak(800, true, false),
      type(true),
      cut(1012, 300),
      cutAt('response.output_item.added', true, 1012),
      speak(200, false, true),
      speak(400, true, true),
    ),
  ],
  [
    'a reminder is given and words are typed while speech of before reaches the next line',
    byVoice(120, speak(800, false, true), cut(1013, 0), speak(400, false, true), { do: 'reminder' }, type(false)),
  ],
  [
    'a spoiled exchange is put back while a press becomes a turn',
    byKey(
      5,
      { do: 'answer', kind: 'half failed' },
      type(false),
      wait(1_200),
      { do: 'press' },
      speak(200, false, false),
      { do: 'retry' },
    ),
  ],
]

describe('a conversation that went wrong once', () => {
  it.each(found)('[T18] %s', async (_, steps, sessionMs = 3_600_000) => {
    expect(await walk({ ...steps, sessionMs })).toEqual([])
  })
})
