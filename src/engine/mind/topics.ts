// What a few more words make of the last answer: another number, another unit, another place, another throw. Each becomes
// the whole command that it stands for, so that the skills answer it as they answer any other. Pure.
import type { Manner } from '../ports.ts'
import type { Heard } from '../language/heard.ts'
import { nameOf } from '../notebook/alarms.ts'
import type { Alarm } from '../notebook/notebook.ts'
import { removeAlarms } from '../notebook/notebook.ts'
import type { Answer, Scene, Topic } from './skill.ts'
import { partsAt, sayDayFrom } from '../language/zoned.ts'

/** A command in the place of the words, in a scene that may have changed for it; or an answer at once. */
export type Turned = { command: string; scene: Scene } | Answer

const correcting =
  /^(?:(?:and|no|not|sorry|wait|actually|oh|but|or|then|now|what about|how about|what if it is|i meant|i mean|i said|i meant to say|make it|make that|change (?:it|that) to|set it to|let us say|rather|instead|better) )+/
const another =
  /^(?:(?:and )?(?:another|1 more)(?: 1| time| joke| number)?|again|once more|do (?:it|that) again|(?:flip|roll|throw|toss|pick)(?: it| 1)? again|a different 1|next|next 1|more)$/
const number = '(-?\\d+(?:\\.\\d+)?)'

/** Null when the words are no follow-up of the last answer. */
export function followTopic(heard: Heard, scene: Scene): Turned | null {
  const { text } = heard
  const said = mannerOf(text, scene)
  if (said !== null) return said
  const { topic } = scene
  if (topic === null) return null
  const bare = text.replace(correcting, '').replace(/ (?:instead|then|too|as well|please|rather)$/, '')
  const isTurned = bare !== text
  const command = commandFor(topic, heard, isTurned ? bare : null, scene)
  return typeof command === 'string' ? { command, scene } : command
}

function commandFor(topic: Topic, { text, plain }: Heard, bare: string | null, scene: Scene): string | Turned | null {
  const words = bare ?? text
  switch (topic.about) {
    case 'sum':
      return sumWith(topic.command, words, bare !== null)
    case 'conversion': {
      const of = /^in (?:an?|1) ([a-z ]+)$/.exec(words)?.[1]
      if (of !== undefined) return `convert 1 ${of} to ${topic.to}`
      const to = /^(?:what is that |that |it )?(?:in|to|into|as) ([a-z ]+)$/.exec(words)?.[1]
      if (to !== undefined) return `convert ${topic.amount} ${topic.from} to ${to}`
      const [, amount, unit = 'degrees'] = new RegExp(`^${number}(?: ([a-z ]+))?$`).exec(words) ?? []
      const from = /^degrees?$/.test(unit) ? topic.from : unit
      return amount === undefined ? null : `convert ${amount} ${from} to ${topic.to}`
    }
    case 'alarm':
      return (
        (bare === null ? null : alarmAt(topic.alarm, bare, scene, /^and\b/.test(text))) ??
        ofAlarm(topic.alarm, text, scene)
      )
    case 'chance':
      return another.test(text) ? topic.command : null
    case 'time': {
      const [, isIn, place] = /^(in )?([a-z ]+)$/.exec(words) ?? []
      return place === undefined || (isIn === undefined && bare === null) ? null : `what time is it in ${place}`
    }
    case 'day':
      return bare !== null && words.split(' ').length < 6 && !/^in [a-z]/.test(words) ? `what day is ${bare}` : null
    case 'spelling':
      return bare !== null && /^[a-z'-]+$/.test(bare) ? `how do you spell ${bare}` : null
    case 'list': {
      const removed = /^(?:remove|delete|take off|take|cross off|scratch) (.+?)(?: off)?$/i.exec(plain)?.[1]
      const [, order = '', next] = /^(and|also|add|put)(?: also)? (.+)$/i.exec(plain) ?? []
      const gone = removed ?? (topic.removes === true && !/add|put/i.test(order) ? next : undefined)
      if (gone !== undefined) return elsewhere.test(gone) ? null : `remove ${gone} from my ${topic.name} list`
      const more = next ?? /^(.+) (?:too|as well)$/i.exec(plain)?.[1]
      if (more === undefined) return withName(text, `my ${topic.name} list`)
      return more.split(' ').length > 6 || /^(?:what|how|when|who|is|set)\b/i.test(more) || elsewhere.test(more)
        ? null
        : `add ${more.replace(/ (?:too|as well)$/i, '')} to my ${topic.name} list`
    }
    case 'declined':
      return bare !== null && words.split(' ').length < 7 ? { say: topic.say, topic } : null
  }
}

/** The sum with the number that was meant: the percentage, what it is taken of, the one that was misheard, or the last. */
function sumWith(command: string, words: string, isTurned: boolean): string | null {
  const [, meant, wrong] = new RegExp(`^${number} (?:and )?not ${number}$`).exec(words) ?? []
  if (meant !== undefined && wrong !== undefined) return command.replace(new RegExp(`\\b${wrong}\\b`), meant)
  const percent = new RegExp(`^${number} percent$`).exec(words)?.[1]
  if (percent !== undefined)
    return command.includes('percent') ? command.replace(new RegExp(`${number} percent`), `${percent} percent`) : null
  const whole = new RegExp(`^(?:of|on|from|off) [£$€]?${number}$`).exec(words)?.[1]
  if (whole !== undefined)
    return / (?:of|on|off) /.test(command)
      ? command.replace(new RegExp(`\\b(of|on|off) [£$€]?${number}`), `$1 ${whole}`)
      : null
  const last = isTurned ? new RegExp(`^${number}$`).exec(words)?.[1] : undefined
  return last === undefined ? null : command.replace(new RegExp(`${number}(?!.*\\d)`), last)
}

/** `make it 12`: the alarm is set anew, in place of the one that was set. */
function alarmAt(alarm: Alarm, words: string, scene: Scene, isOneMore: boolean): Turned | null {
  if (!scene.notebook.alarms.some(({ id }) => id === alarm.id)) return null
  const without = isOneMore ? scene : { ...scene, notebook: removeAlarms(scene.notebook, [alarm.id]) }
  const order = alarm.kind === 'alarm' ? 'set an alarm' : 'remind me'
  const what = alarm.kind === 'alarm' ? '' : ` to ${alarm.label}`
  const day = alarm.kind === 'timer' ? null : onDay.exec(words)
  if (day !== null) {
    const { hour, minute } = partsAt(alarm.dueMs, scene.timeZone)
    const at = day[1] === '' ? ` at ${hour}:${String(minute).padStart(2, '0')}` : ''
    return { command: `${order} ${words}${at}${what}`, scene: without }
  }
  if (!/^(?:at |for |in )?(?:\d|half )/.test(words)) return null
  const when = words.replace(/^(?:at|for|in) /, '')
  const isSpan = /\b(?:second|minute|hour|day|week)/.test(when)
  if (alarm.kind === 'timer') {
    const span = isSpan ? when : `${when} ${unitOf(alarm)}`
    return { command: `set a ${alarm.label} timer for ${span}`.replace('  ', ' '), scene: without }
  }
  const at = isSpan ? `in ${when}` : `${dayOf(alarm, scene)}at ${halfOf(alarm, when, scene)}`
  return { command: `${order} ${at}${what}`, scene: without }
}

const onDay = /^(?:on )?(?:today|tomorrow|(?:next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b(.*)$/

/** `stop it`, `2 more minutes`, `another one for 5 minutes`: what is said of the alarm without its name. */
function ofAlarm(alarm: Alarm, text: string, scene: Scene): string | null {
  const name = alarm.kind === 'reminder' ? `reminder to ${alarm.label}` : nameOf(alarm, scene)
  const more = /^(?:and |add |give (?:me|it) |make it )*(?:another )?(\d.*?) ?\b(?:more|longer|extra)\b ?(.*)$/.exec(
    text,
  )
  if (alarm.kind === 'timer' && more !== null) return `add ${more[1] ?? ''} ${more[2] ?? ''} to the ${name}`
  const anew = /^(?:(?:and|set|start|make) )*(?:another|a (?:2nd|new))(?: 1)? (?=for|at|in)/
  return anew.test(text) ? text.replace(anew, `set an ${alarm.kind} `) : withName(text, `the ${name}`)
}

/** What is kept in another place than the list. */
const elsewhere = /\b(?:lists?|notes?|timers?|alarms?|reminders?|minutes?|hours?|to|for|on|from|at)\b/i
const ofIt =
  /^(?:(?:cancel|stop|end|delete|remove|clear|empty|kill|dismiss|pause|hold|snooze|resume|read|show(?: me)?|what is(?: left| still)? (?:on|in)|how many things are on) |(turn|switch|shut) )(?:it|that|them)( off)?$/

/** `cancel it` → `cancel the timer`; null when nothing is named by a small word. */
function withName(text: string, name: string): string | null {
  const said = ofIt.exec(text)
  return said === null ? null : `${said[1] === undefined ? text.replace(/ (?:it|that|them)$/, '') : 'cancel'} ${name}`
}

/** The day stays, and so does the half of it, unless another was said. */
function dayOf({ dueMs }: Alarm, { nowMs, timeZone }: Scene): string {
  const [now, due] = [partsAt(nowMs, timeZone), partsAt(dueMs, timeZone)]
  return now.day === due.day
    ? ''
    : `${sayDayFrom(now, due)
        .replace(/^on \w+, /, 'on ')
        .toLowerCase()} `
}

function halfOf({ dueMs }: Alarm, when: string, { timeZone }: Scene): string {
  const isBare = /^\d{1,2}(?::\d\d)?$/.test(when) && Number(when.split(':')[0]) <= 12
  return isBare ? `${when} ${partsAt(dueMs, timeZone).hour < 12 ? 'am' : 'pm'}` : when
}

/** A timer of minutes is corrected in minutes. */
function unitOf({ dueMs, setMs }: Alarm): string {
  const spanMs = dueMs - setMs
  return spanMs % 3_600_000 === 0 ? 'hours' : spanMs % 60_000 === 0 ? 'minutes' : 'seconds'
}

const louder =
  /^(?:(?:can you|could you|speak|talk|go back to|back to|say (?:it|that)(?: again)?|turn it|a (?:bit|little)|much|be|please) )*(louder|up|down|quieter|softer|slower|faster|quicker|more (?:slowly|quietly|loudly|quickly)|normal(?:ly| speed| volume)?)(?: please)?$/
const loudest = "That's as loud as I speak. Turn up this computer's sound."
const within = (value: number, least: number, most: number): number =>
  Math.round(Math.min(most, Math.max(least, value)) * 100) / 100

/** `louder`, `slower`: what was said last, so. */
function mannerOf(text: string, { manner, memos, topic }: Scene): Answer | null {
  const asked = louder.exec(text)?.[1]
  if (asked === undefined || text === 'up' || text === 'down') return null
  const next: Manner = /normal/.test(asked)
    ? { speed: 1, gain: 1 }
    : /slow/.test(asked)
      ? { ...manner, speed: within(manner.speed * 0.8, 0.5, 1.5) }
      : /fast|quick/.test(asked)
        ? { ...manner, speed: within(manner.speed * 1.25, 0.5, 1.5) }
        : { ...manner, gain: within(manner.gain * (/loud|up/.test(asked) ? 2 : 0.5), 0.125, 1) }
  if (next.speed === manner.speed && next.gain === manner.gain && !/normal/.test(asked))
    return {
      say: /loud|up/.test(asked) ? loudest : `I can't speak any ${asked}.`,
    }
  const last = memos.findLast(
    (memo) => memo.type === 'message' && memo.role === 'assistant' && memo.text !== loudest && memo.text !== '',
  )
  return { say: last?.type === 'message' ? last.text : 'Okay.', manner: next, ...(topic === null ? {} : { topic }) }
}
