// Timers and alarms: set, ask, lengthen, cancel. When one is due is alarms.ts's to notice.
import { nameOf } from '../../notebook/alarms.ts'
import { addAlarm, removeAlarms } from '../../notebook/notebook.ts'
import type { Alarm } from '../../notebook/notebook.ts'
import type { Answer, Scene, Skill } from '../skill.ts'
import { pick } from '../skill.ts'
import { capitalised, count, sayAll, sayDuration, sentence } from '../../language/speakable.ts'
import { readDuration, readMoment } from '../../language/when.ts'
import { partsAt, sayDayFrom, sayTime } from '../../language/zoned.ts'

/** `clock.after` and a person's patience both end well before. */
const longestMs = 366 * 86_400_000

const setTimer =
  /^(?:set|start|make|begin|create|give me|put|run|i need|need|add|new|another)?(?: (?:me|up|on))? ?(?:a |an |the |another )?(?:new )?(.*?)\b(?:timer|countdown)\b(.*)$/
const setAlarm =
  /^(?:(?:set|make|create|put|i need|need|add)?(?: (?:me|up|on))? ?(?:a |an |the |my )?(?:new )?alarm(?: clock)?|wake me(?: up)?|get me up)\b(.*)$/
const bareTimer = /^(?:time|count down|countdown) (.+)$/
const askLeft =
  /^(?:how (?:much )?(?:long|much time|time|many minutes|much)(?: is| do i have| have i got| does)?(?: there)?(?: left| remaining| to go)?(?: (?:on|in|for|until|till) (?:the |my )?(?:(.+?) )?(?:timer|alarm|countdown)s?)?(?: have)?(?: left| remaining| is up| goes off| is done| to go)?|(?:check|what is|what about|how is)(?: left)?(?: on)? (?:the |my )(?:(.+?) )?timers?(?: at| status| doing)?|when (?:does|is|will) (?:the |my )(?:(.+?) )?timer (?:go off|end|up|done|due|over|finished|be up))$/
const askAll =
  /^(?:what|which|do i have|have i got|list|show|show me|tell me|are there|how many|read)(?: (?:me|is|are|any|the|all|my|active|running))* ?(?:timers?|alarms?)(?: and alarms?)?(?: (?:do i have|have i(?: got)?|are|is|running|set|active|on|there|right|now|going|at|the|moment|are there))*$/
const cancel =
  /^(?:cancel|stop|delete|remove|clear|end|kill|turn off|switch off|shut off|dismiss|turn of|get rid of) (all|both|every)?(?: of)? ?(?:the |my |that |this )?(?:(.+?) )?(?:timer|alarm|countdown)(s)?(?: (?:for|called|named|at) (.+))?(?: off)?$/
const lengthen =
  /^(?:add|put|give)(?: another| an extra| it)? (.+?)(?: more)? (?:to|on|onto) (?:the |my |that )?(?:(.+?) )?timer$/

export const timers: Skill = {
  name: 'timers',
  kind: 'machine',
  examples: [
    'set a timer for # minutes',
    'set a # minute timer',
    'start a timer for # minutes',
    'cancel the timer',
    'stop the timer',
    'how much time is left on my timer',
    'how much time is left',
    'cancel all timers',
    'what timers do i have',
  ],
  followUps: [
    {
      asked: /For how long should I set the timer\?$/,
      complete: ({ text }) =>
        readDuration(text) === null && !/^\d+$/.test(text)
          ? null
          : `set a timer for ${/^\d+$/.test(text) ? `${text} minutes` : text}`,
    },
    {
      asked: /For what time should I set the alarm\?$/,
      complete: ({ text }) => (/\d|noon|midnight/.test(text) ? `set an alarm for ${text}` : null),
    },
    {
      asked: /Which timer should I cancel, (.+)\?$/,
      complete: ({ text: reply }) => {
        const text = reply.replace(/^(?:cancel|stop|delete) /, '')
        return /^(?:all|both|every)\b/.test(text)
          ? 'cancel all timers'
          : /^(?:(?:the|my) )?[\w' ]{1,30}?(?: timer| 1| one)?$/.test(text) &&
              text.split(' ').length < 5 &&
              !/^(?:set|start|what|how|add|remind)\b/.test(text)
            ? `cancel the ${text.replace(/^(?:the|my) | (?:1|one|timer)$/g, '')} timer`
            : null
      },
    },
  ],
  answer({ text, plain }, scene) {
    if (/^(?:pause|hold|resume|snooze) .*\b(?:timer|alarm)\b/.test(text))
      return { say: "I can't pause that, but I can cancel it or set another." }
    return (
      sayLeft(text, scene) ??
      sayList(text, scene) ??
      cancelTimer(text, scene) ??
      addTime(text, scene) ??
      startTimer(text, plain, scene) ??
      startAlarm(text, scene)
    )
  },
}

const running = (scene: Scene): Alarm[] =>
  scene.notebook.alarms.filter((alarm) => alarm.kind !== 'reminder').toSorted((one, other) => one.dueMs - other.dueMs)

function startTimer(text: string, plain: string, scene: Scene): Answer | null {
  const match = setTimer.exec(text)
  const bare = bareTimer.exec(text)
  if (match === null && bare === null) return null
  if (/^(?:what|how|why|when|is|are|did|does|the|my|i (?!need))\b/.test(text)) return null
  const span = readDuration(match === null ? (bare?.[1] ?? '') : `${match[1] ?? ''} ${match[2] ?? ''}`)
  if (span === null) {
    const atTime = match === null ? null : /^ (?:for|until|till|at) .*\d/.exec(match[2] ?? '')
    if (atTime !== null) return startAlarm(`set an alarm${atTime.input}`, scene)
    return match === null ||
      text.split(' ').length > 8 ||
      !/^(?:(?:set|start|make|begin|create|give|put|run|i need|need|add|new|another)\b|timer$|a timer$)/.test(text)
      ? null
      : { say: 'For how long should I set the timer?' }
  }
  if (match === null && bare?.[1] !== span.words && bare?.[1] !== `for ${span.words}`) return null
  if (span.durationMs < 1_000 || span.durationMs > longestMs)
    return { say: "I can't set a timer for that long or that short a time." }
  const label = labelOf(match?.[1] ?? '', match?.[2] ?? '', span.words, plain)
  const dueMs = scene.nowMs + span.durationMs
  const notebook = addAlarm(scene.notebook, { kind: 'timer', label, setMs: scene.nowMs, dueMs, session: scene.session })
  const time = sayDuration(span.durationMs)
  const what = label === '' ? 'timer' : `${label} timer`
  const say = pick(scene.random, [
    `Okay, ${what} set for ${time}.`,
    `${capitalised(what)} set for ${time}.`,
    `Your ${what} is set for ${time}, starting now.`,
  ])
  return { say, notebook, ...topicOf(notebook.alarms) }
}

/** The one that was set last. */
export function topicOf(alarms: readonly Alarm[]): Pick<Answer, 'topic'> {
  const alarm = alarms.at(-1)
  return alarm === undefined ? {} : { topic: { about: 'alarm', alarm } }
}

/** What the timer is for: `pasta` in "a pasta timer for 8 minutes" and "a timer for pasta for 8 minutes". */
function labelOf(before: string, after: string, span: string, plain: string): string {
  const bare = span.replace(/s$/, '')
  const clean = (words: string): string =>
    words
      .replace(span, '')
      .replace(/\d+(?:\.\d+)?[- ](?:second|minute|hour|day)s?/g, '')
      .replace(bare, '')
      .replace(
        /\b(?:for|to|called|named|labelled|of|in|the|a|an|my|set|start|please|starting|from|now|on|with)\b/g,
        ' ',
      )
      .replace(/\s+/g, ' ')
      .trim()
  const label = clean(before) === '' ? clean(after) : clean(before)
  if (label === '' || label.split(' ').length > 4 || /\d/.test(label)) return ''
  // The person's own capitals, where the same words are found in what they said.
  const at = plain.toLowerCase().indexOf(label)
  return at === -1 ? label : plain.slice(at, at + label.length)
}

function startAlarm(text: string, scene: Scene): Answer | null {
  const rest = setAlarm.exec(text)?.[1]?.replace(/ (\d{1,2}(?::\d\d)?)$/, (time, hour: string) =>
    // Nobody is woken in the evening.
    /^(?:wake|get)/.test(text) && Number(hour.split(':')[0]) < 12 ? `${time} am` : time,
  )
  if (rest === undefined) return null
  const span = /\b(?:in|after|for) /.test(rest) ? readDuration(rest) : null
  const moment =
    span === null ? readMoment(rest.replace(/\b(?:for|to) (?=\d)/, 'at '), scene.nowMs, scene.timeZone) : null
  const dueMs = span !== null ? scene.nowMs + span.durationMs : moment?.timed === true ? moment.atMs : null
  if (dueMs === null) return { say: 'For what time should I set the alarm?' }
  if (dueMs <= scene.nowMs || dueMs - scene.nowMs > longestMs) return { say: "I can't set an alarm for that time." }
  const alarm = { kind: 'alarm' as const, label: '', setMs: scene.nowMs, dueMs, session: scene.session }
  const [now, due] = [partsAt(scene.nowMs, scene.timeZone), partsAt(dueMs, scene.timeZone)]
  const notebook = addAlarm(scene.notebook, alarm)
  return {
    say: `Okay, your alarm is set for ${sayTime(due)} ${sayDayFrom(now, due)}.`,
    notebook,
    ...topicOf(notebook.alarms),
  }
}

function matching(all: readonly Alarm[], label: string, scene: Scene): Alarm[] {
  if (label === '') return [...all]
  return all.filter((alarm) => {
    const name = nameOf(alarm, scene).toLowerCase()
    return label.split(' ').every((word) => name.includes(word.replace(/s$/, '')))
  })
}

function sayLeft(text: string, scene: Scene): Answer | null {
  const match = askLeft.exec(text)
  if (match === null) return null
  const label = (match[1] ?? match[2] ?? match[3] ?? '').replace(/^(?:the|my) /, '')
  // "How much is left" without a timer is about something else.
  if (!/timer|alarm|countdown/.test(text) && (running(scene).length === 0 || !/left|remaining|to go/.test(text)))
    return null
  const kind = /alarm/.test(text) ? 'alarm' : /timer/.test(text) ? 'timer' : null
  const asked = running(scene).filter((alarm) => kind === null || alarm.kind === kind)
  const found = matching(asked, label, scene)
  if (found.length === 0)
    return { say: label === '' ? `No ${kind ?? 'timer'} is running.` : `I have no ${label} timer.` }
  const each = found.map((alarm) => `${sayDuration(alarm.dueMs - scene.nowMs)} left on your ${nameOf(alarm, scene)}`)
  return {
    say: sentence(found.length === 1 && found[0]?.kind === 'timer' ? `You have ${each[0] ?? ''}` : sayAll(each)),
  }
}

function sayList(text: string, scene: Scene): Answer | null {
  if (!askAll.test(text)) return null
  const all = running(scene)
  if (all.length === 0) return { say: 'You have no timers or alarms.' }
  const each = all.map((alarm) =>
    alarm.kind === 'alarm'
      ? `an ${nameOf(alarm, scene)}`
      : `a ${nameOf(alarm, scene)} with ${sayDuration(alarm.dueMs - scene.nowMs)} left`,
  )
  return {
    say: `You have ${each.length > 1 ? `${count(each.length, 'timer')}: ` : ''}${sayAll(each)}.`,
    ...topicOf(all.length === 1 ? all : []),
  }
}

function cancelTimer(text: string, scene: Scene): Answer | null {
  const match = cancel.exec(text)
  if (match === null) return null
  const kinds = text.includes('alarm') ? 'alarm' : 'timer'
  const all = running(scene).filter((alarm) => alarm.kind === kinds)
  const label = (match[2] ?? match[4] ?? '').replace(/^(?:all|both|every)(?: of)?(?: the| my)? ?/, '')
  const everyOne =
    match[1] !== undefined || (match[3] !== undefined && label === '') || /^(?:all|both)/.test(match[2] ?? '')
  const found = matching(all, label.replace(/^(?:the|my) /, ''), scene)
  if (found.length === 0)
    return { say: label === '' || all.length === 0 ? `You have no ${kinds} running.` : `I have no ${label} ${kinds}.` }
  if (found.length > 1 && !everyOne)
    return {
      say: `Which timer should I cancel, ${sayAll(
        found.map((alarm) => `the ${nameOf(alarm, scene)}`),
        'or',
      )}?`,
    }
  const ids = found.map(({ id }) => id)
  const what =
    found.length === 1 && found[0] !== undefined
      ? `your ${nameOf(found[0], scene)}`
      : `all ${count(found.length, kinds)}`
  return { say: `Okay, I've cancelled ${what}.`, notebook: removeAlarms(scene.notebook, ids) }
}

function addTime(text: string, scene: Scene): Answer | null {
  const match = lengthen.exec(text)
  const span = readDuration(match?.[1] ?? '')
  if (match === null || span === null) return null
  const found = matching(
    running(scene).filter((alarm) => alarm.kind === 'timer'),
    match[2] ?? '',
    scene,
  )[0]
  if (found === undefined) return { say: 'No timer is running.' }
  const longer = { ...found, dueMs: found.dueMs + span.durationMs }
  const alarms = scene.notebook.alarms.map((alarm) => (alarm.id === found.id ? longer : alarm))
  return {
    say: `Okay, ${sayDuration(longer.dueMs - scene.nowMs)} left now.`,
    notebook: { ...scene.notebook, alarms },
    topic: { about: 'alarm', alarm: longer },
  }
}
