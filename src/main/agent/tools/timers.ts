// Timers and reminders as tools. Setting one is free while only the person's words are in the model's mind: it takes nothing
// away and is easily undone.
import { z } from 'zod'
import { plainWords } from '../../../core/agent/plain.ts'
import { wording } from '../../../core/language/wording.ts'
import type { Clock } from '../../ports.ts'
import { faultOf } from '../../store/store-error.ts'
import type { Alarm, Alarms } from '../alarms.ts'
import { defineTool, ToolError, type Tool } from '../tool.ts'

const maxAlarms = 100
const longestMs = 366 * 24 * 3_600_000
const text = z.string().trim().min(1).max(300)

export function createTimerTools({ alarms, clock }: { alarms: Alarms; clock: Clock }): Tool[] {
  async function set(what: string, dueMs: number): Promise<{ text: string; untrusted: null }> {
    if (alarms.list().length >= maxAlarms)
      throw new ToolError(`There are ${maxAlarms} timers already. Cancel one first.`)
    const alarm = await alarms.add({ text: what, dueMs }).catch((error: unknown) => {
      throw new ToolError(`It could not be kept (${faultOf(error)}).`)
    })
    return { text: JSON.stringify({ set: shown(alarm) }), untrusted: null }
  }

  return [
    defineTool({
      name: 'set_timer',
      description: 'Tells the person something after a number of seconds.',
      risk: 'changes',
      asks: 'after-untrusted',
      schema: z.strictObject({
        seconds: z
          .number()
          .min(1)
          .max(longestMs / 1_000),
        text,
      }),
      describe: ({ seconds, text: what }) => wording('step.setTimer', { count: seconds, words: plainWords(what, 50) }),
      question: ({ seconds, text: what }) => wording('ask.setTimer', { count: seconds, words: plainWords(what, 200) }),
      run: ({ seconds, text: what }) => set(what, clock.nowMs() + seconds * 1_000),
    }),
    defineTool({
      name: 'set_reminder',
      description: 'Tells the person something at a time, such as 2026-05-01T18:30 (local) or with an offset.',
      risk: 'changes',
      asks: 'after-untrusted',
      schema: z.strictObject({
        at: z.union([z.iso.datetime({ offset: true }), z.iso.datetime({ local: true })]),
        text,
      }),
      describe: ({ at, text: what }) =>
        wording('step.setReminder', { time: { atMs: Date.parse(at) }, words: plainWords(what, 50) }),
      question: ({ at, text: what }) =>
        wording('ask.setReminder', { time: { atMs: Date.parse(at) }, words: plainWords(what, 200) }),
      run({ at, text: what }) {
        const dueMs = Date.parse(at)
        const inMs = dueMs - clock.nowMs()
        if (!(inMs > 0 && inMs <= longestMs)) throw new ToolError('This time is over or more than a year away.')
        return set(what, dueMs)
      },
    }),
    defineTool({
      name: 'list_timers',
      description: 'Lists the timers and reminders that are set, as JSON.',
      risk: 'reads',
      asks: 'never',
      schema: z.strictObject({}),
      describe: () => wording('step.listTimers'),
      // A page may have had them set.
      run: () => Promise.resolve({ text: JSON.stringify(alarms.list().map(shown)), untrusted: 'the timers' }),
    }),
    defineTool({
      name: 'cancel_timer',
      description: 'Cancels a timer or reminder by its id.',
      risk: 'changes',
      asks: 'after-untrusted',
      schema: z.strictObject({ id: z.string().max(64) }),
      describe: ({ id }) => wording('step.cancelTimer', { words: nameOf(alarms, id) }),
      question: ({ id }) => wording('ask.cancelTimer', { words: nameOf(alarms, id) }),
      async run({ id }) {
        if (!(await alarms.cancel(id))) throw new ToolError('There is no such timer.')
        return { text: 'It is cancelled.', untrusted: null }
      },
    }),
  ]
}

function nameOf(alarms: Alarms, id: string): string {
  const found = alarms.list().find((alarm) => alarm.id === id)
  return found ? plainWords(found.text, 80) : plainWords(id, 40)
}

function shown({ id, text: what, dueMs }: Alarm): object {
  return { id, text: what, at: new Date(dueMs).toISOString() }
}
