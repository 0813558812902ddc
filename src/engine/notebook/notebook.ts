// What the mind keeps for the person: alarms, lists, notes and facts, as one immutable value with pure operations.
// Writing it to disk is notebook-file.ts; saying when an alarm is due is alarms.ts.
import { z } from 'zod'

const text = z.string().max(1_000)
const ms = z.number()

export const notebookSchema = z.object({
  version: z.literal(1),
  alarms: z
    .array(
      z.object({
        id: z.number().int().positive(),
        kind: z.enum(['timer', 'alarm', 'reminder']),
        /** `pasta`, `call mum`; empty for a plain timer or alarm. */
        label: text,
        setMs: ms,
        dueMs: ms,
        session: z.string(),
      }),
    )
    .max(1_000),
  lists: z.array(z.object({ name: text, items: z.array(text).max(1_000) })).max(200),
  notes: z.array(z.object({ text, atMs: ms })).max(2_000),
  /** What the person asked to be remembered, in their own words. */
  facts: z.array(z.object({ text, atMs: ms })).max(2_000),
  /** When the way to a model was told last. */
  offeredMs: ms.optional(),
})

export type Notebook = z.infer<typeof notebookSchema>
export type Alarm = Notebook['alarms'][number]
export type List = Notebook['lists'][number]

export const emptyNotebook: Notebook = { version: 1, alarms: [], lists: [], notes: [], facts: [] }

const limits = { alarms: 200, lists: 100, items: 500, notes: 1_000, facts: 1_000, textChars: 500 }

const kept = (words: string): string => words.slice(0, limits.textChars)

/** The newest ones; the oldest make room. */
const newest = <Thing>(things: readonly Thing[], most: number): Thing[] => things.slice(-most)

export function addAlarm(notebook: Notebook, alarm: Omit<Alarm, 'id'>): Notebook {
  const id = 1 + Math.max(0, ...notebook.alarms.map((other) => other.id))
  return {
    ...notebook,
    alarms: newest([...notebook.alarms, { ...alarm, id, label: kept(alarm.label) }], limits.alarms),
  }
}

export function removeAlarms(notebook: Notebook, ids: readonly number[]): Notebook {
  return { ...notebook, alarms: notebook.alarms.filter((alarm) => !ids.includes(alarm.id)) }
}

export function findList(notebook: Notebook, name: string): List | undefined {
  return notebook.lists.find((list) => list.name === name)
}

/** The list as given, made when there is none of that name; last used lists come last. */
export function putList(notebook: Notebook, name: string, items: readonly string[]): Notebook {
  const others = notebook.lists.filter((list) => list.name !== name)
  const list = { name: kept(name), items: newest(items.map(kept), limits.items) }
  return { ...notebook, lists: newest([...others, list], limits.lists) }
}

export function removeList(notebook: Notebook, name: string): Notebook {
  return { ...notebook, lists: notebook.lists.filter((list) => list.name !== name) }
}

export function addNote(notebook: Notebook, words: string, atMs: number): Notebook {
  return { ...notebook, notes: newest([...notebook.notes, { text: kept(words), atMs }], limits.notes) }
}

/** A fact told again replaces the one of the same wording. */
export function addFact(notebook: Notebook, words: string, atMs: number): Notebook {
  const same = kept(words).toLowerCase()
  const others = notebook.facts.filter((fact) => fact.text.toLowerCase() !== same)
  return { ...notebook, facts: newest([...others, { text: kept(words), atMs }], limits.facts) }
}
