// Reminders: something to be said at a time. When one is due is alarms.ts's to notice.
import { addAlarm, removeAlarms } from '../../notebook/notebook.ts'
import type { Alarm } from '../../notebook/notebook.ts'
import { secondPerson } from '../../language/perspective.ts'
import type { Answer, Scene, Skill } from '../skill.ts'
import { count, sayAll, sayDuration, sentence } from '../../language/speakable.ts'
import { readDuration, readMoment } from '../../language/when.ts'
import { partsAt, sayDayFrom, sayTime } from '../../language/zoned.ts'
import { understand } from '../../language/heard.ts'
import { topicOf } from './timers.ts'

const remind =
  /^(?:(.+?) )?(?:remind me|set (?:me )?(?:up )?a reminder|set reminder|make a reminder|create a reminder|add a reminder|give me a reminder|i need a reminder|do not let me forget|nudge me)\b ?(.*)$/
const askAll =
  /^(?:what|which|do i have|have i got|list|show|show me|tell me|are there|read|read me|how many)(?: (?:me|is|are|any|the|all|my|active|upcoming|about|of))* ?reminders?(?: (?:do i have|have i(?: got)?|are|is|set|active|there|for|today|tomorrow|coming|up))*$|^what (?:did i ask you to|do you have to|should you|will you|are you going to) remind me (?:of|about)$/
const cancel =
  /^(?:cancel|delete|remove|clear|forget|stop|get rid of) (all )?(?:of )?(?:the |my |that |this )?(?:last |next )?(?:(.+?) )?reminder(s)?(?: (?:to|about|for|of) (.+))?$/

export const reminders: Skill = {
  name: 'reminders',
  kind: 'machine',
  examples: ['what are my reminders', 'what reminders do i have', 'cancel the reminder', 'cancel all reminders'],
  followUps: [
    {
      asked: /^When should I remind you to (.+)\?$/,
      complete: (reply, asked) => completeTime(reply.text, asked[1] ?? ''),
    },
    {
      asked: /^What should I remind you about (.+)\?$/,
      complete: (reply, asked) =>
        isRefusal(reply.text)
          ? null
          : `remind me ${asked[1] ?? ''} to ${reply.plain.replace(/^(?:to|remind me to) /i, '')}`,
    },
    {
      asked: /^What should I remind you of\?$/,
      complete: (reply) =>
        isRefusal(reply.text) ? null : `remind me to ${reply.plain.replace(/^(?:to|about) /i, '')}`,
    },
  ],
  answer({ text, plain }, scene) {
    return sayList(text, scene) ?? cancelReminder(text, scene) ?? setReminder(text, plain, scene)
  },
}

const isRefusal = (text: string): boolean =>
  /^(?:never ?mind|nothing|no|cancel|forget it|stop|what|how|when|who)\b/.test(text)

function completeTime(text: string, what: string): string | null {
  const when = /^\d{1,2}(?::\d\d)?(?: [ap]m)?$/.test(text)
    ? `at ${text}`
    : /^\d|^an? |^half/.test(text) && readDuration(text) !== null
      ? `in ${text}`
      : text
  return isRefusal(text) ? null : `remind me ${when} to ${what}`
}

function setReminder(text: string, plain: string, scene: Scene): Answer | null {
  const match = remind.exec(text)
  if (match === null || /^(?:what|why|did|who|how)\b/.test(text)) return null
  const rest = `${match[1] ?? ''} ${match[2] ?? ''}`.trim()
  const found = findTime(rest, scene)
  const what = taskOf(rest, found?.words ?? '', plain)
  if (what === '' && found === null) return { say: 'What should I remind you of?' }
  if (what === '') return { say: `What should I remind you about ${found?.words ?? ''}?` }
  if (found === null) return { say: `When should I remind you to ${what}?` }
  if (found.dueMs <= scene.nowMs) return { say: 'That time has passed already. When should it be?' }
  const alarm = {
    kind: 'reminder' as const,
    label: what,
    setMs: scene.nowMs,
    dueMs: found.dueMs,
    session: scene.session,
  }
  const notebook = addAlarm(scene.notebook, alarm)
  return {
    say: `Okay, I'll remind you ${sayWhen(found.dueMs, found.span, scene)} ${joined(what)}.`,
    notebook,
    ...topicOf(notebook.alarms),
  }
}

function findTime(rest: string, scene: Scene): { dueMs: number; words: string; span: boolean } | null {
  const span = readDuration(rest)
  const spanWords =
    span === null
      ? null
      : new RegExp(
          `\\b(?:in|after) (?:about )?${span.words}(?: time)?|\\b${span.words} from now|^${span.words}\\b`,
        ).exec(rest)
  if (span !== null && spanWords !== null)
    return { dueMs: scene.nowMs + span.durationMs, words: spanWords[0], span: true }
  const moment = readMoment(rest, scene.nowMs, scene.timeZone)
  if (moment === null) return null
  const lead = new RegExp(`\\b(?:at |on |by |for )?${moment.words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'i').exec(
    rest,
  )
  return { dueMs: moment.atMs, words: lead?.[0] ?? moment.words, span: false }
}

/** What is to be done, in the person's own words where they can be found. */
function taskOf(rest: string, timeWords: string, plain: string): string {
  const levelled = rest
    .replace(timeWords, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:and |please )?(?:to|about|that|of|for)\b ?(?:that |to )?/, '')
    .replace(/ (?:to|about|that|at|on|in|for)$/, '')
    .trim()
  const own = plain.replace(/[.,!?]+$/, '')
  const at = understand(own).text === '' ? -1 : own.toLowerCase().indexOf(levelled)
  return secondPerson(at === -1 ? levelled : own.slice(at, at + levelled.length))
}

/** `to call mum`, `about the meeting`, `that dinner is ready`. */
function joined(what: string): string {
  if (/^(?:the|your|a|an|my) /i.test(what)) return `about ${what}`
  return `to ${what}`
}

function sayWhen(dueMs: number, span: boolean, scene: Scene): string {
  if (span && dueMs - scene.nowMs < 86_400_000) return `in ${sayDuration(dueMs - scene.nowMs)}`
  const [now, due] = [partsAt(scene.nowMs, scene.timeZone), partsAt(dueMs, scene.timeZone)]
  return `${sayDayFrom(now, due)} at ${sayTime(due)}`
}

const waiting = (scene: Scene): Alarm[] =>
  scene.notebook.alarms.filter((alarm) => alarm.kind === 'reminder').toSorted((one, other) => one.dueMs - other.dueMs)

function sayList(text: string, scene: Scene): Answer | null {
  if (!askAll.test(text)) return null
  const all = waiting(scene)
  if (all.length === 0) return { say: 'You have no reminders.' }
  const each = all.map((alarm) => `${sayWhen(alarm.dueMs, false, scene)}, ${joined(alarm.label)}`)
  return {
    say: sentence(`You have ${count(all.length, 'reminder')}: ${sayAll(each)}`),
    ...topicOf(all.length === 1 ? all : []),
  }
}

function cancelReminder(text: string, scene: Scene): Answer | null {
  const match = cancel.exec(text)
  if (match === null) return null
  const label = (match[2] ?? match[4] ?? '').replace(/^(?:the|my|all) ?/, '')
  const all = waiting(scene)
  const found = all.filter((alarm) => label.split(' ').every((word) => alarm.label.toLowerCase().includes(word)))
  if (all.length === 0) return { say: 'You have no reminders.' }
  if (found.length === 0) return { say: `I have no reminder about ${label}.` }
  if (found.length > 1 && match[1] === undefined && match[3] === undefined) {
    return {
      say: `You have ${count(found.length, 'reminder')}: ${sayAll(found.map((alarm) => alarm.label))}. Say cancel the reminder to, and which one.`,
    }
  }
  return {
    say:
      found.length === 1
        ? `Okay, I won't remind you ${joined(found[0]?.label ?? '')}.`
        : 'Okay, your reminders are cancelled.',
    notebook: removeAlarms(
      scene.notebook,
      found.map(({ id }) => id),
    ),
  }
}
