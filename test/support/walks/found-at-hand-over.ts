// Conversations that went to another session, as they do now and then, in which something went wrong once: found by session-walks.test.ts.
import { answer, byKey, byVoice, cut, disorder, press, speak, type, wait, type Found } from './shorthand.ts'

/** So long the service keeps a session. */
const shortMs = 20_000

export const foundAtHandOver: readonly Found[] = [
  [
    'the session before still answers what was typed',
    byKey(
      5,
      wait(8_000),
      press,
      wait(400),
      speak(200, true, false),
      wait(3_000),
      speak(400, true, false),
      wait(3_400),
      type(false),
    ),
    shortMs,
  ],
  [
    'the conversation has to go to another session just when the key is let go',
    byKey(120, type(false), press, wait(8_000), speak(200, false, false), wait(8_000)),
    shortMs,
  ],
  [
    'the person begins to speak while the conversation goes to another session, with the key down',
    byVoice(120, wait(8_000), press, wait(8_000), speak(800, true, true)),
    shortMs,
  ],
  [
    'the end of speech is told twice',
    byVoice(5, disorder('input_audio_buffer.speech_stopped', 'twice'), speak(800, true, true), speak(200, false, true)),
    shortMs,
  ],
  [
    'the session before never ends its answer, and the one that took over is lost',
    byVoice(
      5,
      wait(8_000),
      speak(200, false, false),
      answer('silent'),
      wait(8_000),
      type(false),
      cut('reset', 0),
      wait(40),
    ),
    shortMs,
  ],
]
