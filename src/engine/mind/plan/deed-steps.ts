// Steps that set or open something: timers, reminders, a link in the browser.
import type { MindTool } from '../../ports.ts'
import { understand } from '../heard.ts'
import { paramsOf, wordsOfName } from '../tools/schema.ts'
import { readDuration, readMoment } from '../when.ts'
import { did } from './files.ts'
import { contentOf, urlOf } from './kit.ts'
import type { Script } from './script.ts'
import { found, type Found, type StepReader } from './step.ts'

const named = (tools: readonly MindTool[], does: RegExp, to: RegExp): MindTool | null =>
  tools.find(({ name }) => does.test(wordsOfName(name)) && to.test(wordsOfName(name))) ?? null

const setting = /\b(?:set|add|create|start|make|new)\b/
const reminding = /^(?:set (?:a |me a )?reminder|remind me)\b(?: to| about| that| of)?\s*/i

/** `set a timer for 5 minutes`: the span in the unit that the argument is named after. */
export const setTimer: StepReader = (words, { tools }) => {
  const span = /\btimer\b/i.test(words) ? readDuration(understand(words).text) : null
  const tool = span === null ? null : named(tools, setting, /\btimers?\b/)
  const param = tool === null ? null : paramsOf(tool).find(({ type }) => type === 'number' || type === 'integer')
  if (span === null || tool === null || !param) return null
  const perUnit = /minute/i.test(param.name)
    ? 60_000
    : /hour/i.test(param.name)
      ? 3_600_000
      : /ms|milli/i.test(param.name)
        ? 1
        : 1_000
  const what = /\btimer\b.*?\b(?:called|named|to|that says)\s+(?!\d)(.+)$/i.exec(words)?.[1] ?? 'The timer is over.'
  return setAlarm(
    tool,
    { [param.name]: Math.round(span.durationMs / perUnit) },
    what,
    `I set a timer for ${span.words}.`,
  )
}

/** `remind me to call Anna tomorrow at nine`. */
export const setReminder: StepReader = (words, { tools, when }) => {
  const moment = reminding.test(words) ? readMoment(understand(words).text, when.nowMs, when.timeZone) : null
  const tool = moment === null ? null : named(tools, setting, /\breminders?\b/)
  const param =
    tool === null
      ? null
      : paramsOf(tool).find(({ name, type }) => type === 'string' && /^(?:at|when|time|date|due)/i.test(name))
  if (moment === null || tool === null || !param) return null
  const rest = understand(words.replace(reminding, '')).text
  const what = rest
    .replace(moment.words, '')
    .replace(/\s+(?:at|on|in)\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim()
  const said = what === '' ? 'Something is due.' : what
  return setAlarm(tool, { [param.name]: new Date(moment.atMs).toISOString() }, said, `I set a reminder: ${said}.`)
}

function* setAlarm(tool: MindTool, args: Record<string, unknown>, what: string, sentence: string): Script<Found> {
  const text = contentOf(tool)
  yield* did(tool.name, { ...args, ...(text === null ? {} : { [text.name]: what }) })
  return found(sentence, { value: sentence })
}

/** `open https://… in the browser`. */
export const openLink: StepReader = (words, { tools }) => {
  const address = /\bhttps?:\/\/[^\s"”'<>)]+/i.exec(words)?.[0].replace(/[.,;:!?]+$/, '')
  const tool =
    address === undefined ? null : named(tools, /\b(?:open|visit|launch|show)\b/, /\b(?:link|url|browser|address)\b/)
  const url = tool === null ? null : urlOf(tool)
  if (address === undefined || tool === null || url === null || !/^open\b|\bbrowser\b/i.test(words)) return null
  return (function* (): Script<Found> {
    yield* did(tool.name, { [url.name]: address })
    return found(`I opened ${address}.`, { value: address })
  })()
}
