// Conversations with the talk key in which something went wrong once: found by session-walks.test.ts, made as short as they get.
import {
  answer,
  byKey,
  cut,
  cutAt,
  disorder,
  hush,
  press,
  release,
  reminder,
  retry,
  speak,
  takeBack,
  type,
  wait,
  type Found,
} from './shorthand.ts'

export const foundByKey: readonly Found[] = [
  [
    'the end of a response that asked for a function is lost',
    byKey(5, type(true), disorder('response.done', 'lost'), wait(3_000)),
  ],
  [
    'an answer that never ended was interrupted before its first sound',
    byKey(120, type(false), answer('silent'), wait(400), type(true), wait(8_000)),
  ],
  [
    'typed behind a press on a line that is dead',
    byKey(5, press, speak(800, false, false), release, cut('vanish', 1_500), wait(40), type(false)),
  ],
  [
    'typed behind a press while there is no line',
    byKey(5, press, cut('reset', 1_500), speak(800, true, true), release, wait(400), type(false)),
  ],
  [
    'an item that is gone is told of once more',
    byKey(5, type(false), takeBack, disorder('conversation.item.added', 'twice'), wait(400)),
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
    byKey(5, press, speak(800, false, false), release, press, type(true), cut(1011, 300)),
  ],
  [
    'our own call is taken back while an answer never ends',
    byKey(5, answer('silent'), type(true), wait(8_000), reminder, takeBack),
  ],
  [
    'a spoiled exchange is put back while a press becomes a turn',
    byKey(5, answer('half failed'), type(false), wait(1_200), press, speak(200, false, false), retry),
  ],
  [
    'a press is taken back before it is a turn, and words are typed behind it',
    byKey(120, press, speak(200, false, false), release, takeBack, type(false)),
  ],
  [
    'its commit is not told, and that its item was added only after its answer',
    byKey(
      5,
      press,
      speak(200, false, false),
      disorder('input_audio_buffer.committed', 'lost'),
      release,
      disorder('conversation.item.added', 'late'),
      wait(1_200),
      type(false),
      hush,
    ),
  ],
  [
    'a call that was interrupted before it ran stands behind a turn that is said again',
    byKey(
      5,
      press,
      cutAt('response.created', true, 'reset'),
      speak(200, false, false),
      type(true),
      release,
      press,
      speak(400, false, false),
    ),
  ],
  [
    'words are typed behind a press whose turn stands behind their call, and the line is lost',
    byKey(
      5,
      press,
      cutAt('response.created', false, 1011),
      speak(200, false, false),
      type(true),
      release,
      wait(1_200),
      cut('reset', 0),
    ),
  ],
  [
    'typed while the key is down, let go before the next line is ready',
    byKey(
      5,
      cutAt('response.done', false, 'reset'),
      type(false),
      press,
      { do: 'acknowledgements', afterMs: 1_500 },
      speak(800, false, false),
      type(false),
      speak(200, false, false),
      speak(200, false, false),
      type(true),
    ),
  ],
]
