// Hands-free conversations of which the service told something late, twice or never, in which something went wrong once: found by
// session-walks.test.ts, made as short as they get.
import {
  answer,
  byVoice,
  cut,
  cutAt,
  disorder,
  failing,
  press,
  speak,
  toolEnds,
  type,
  wait,
  type Found,
} from './shorthand.ts'

export const foundInDisorder: readonly Found[] = [
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
    'a refusal without a name, and the response that it was about fails',
    byVoice(
      120,
      speak(200, true, true),
      cutAt('response.output_audio_transcript.done', false, 'reset'),
      toolEnds,
      speak(400, true, false),
      failing,
      disorder('input_audio_buffer.speech_started', 'late'),
      wait(3_000),
    ),
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
    'typed long after speech on a line that has died since',
    byVoice(
      5,
      speak(200, false, false),
      cut('reset', 0),
      cutAt('input_audio_buffer.speech_started', false, 'vanish'),
      wait(8_000),
      type(false),
      press,
      disorder('input_audio_buffer.speech_started', 'lost'),
      cut(1013, 0),
      wait(40),
    ),
  ],
  [
    'nothing but its commit tells that a turn became an item',
    byVoice(
      5,
      disorder('conversation.item.done', 'lost'),
      disorder('conversation.item.added', 'lost'),
      speak(200, false, true),
      speak(200, false, false),
    ),
  ],
  [
    'the end of an answer is lost over which the next turn was said in a burst of sound, and then the line is',
    byVoice(
      5,
      speak(200, false, false),
      wait(400),
      cut('reset', 1_500),
      wait(150),
      speak(200, false, false),
      disorder('response.done', 'lost'),
      cutAt('response.done', false, 1011),
      answer('long'),
      wait(40),
      wait(8_000),
    ),
  ],
]
