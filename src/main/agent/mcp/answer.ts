// What a server answers, read leniently: of an answer that is not as the protocol says, what can be read is kept, and what is of
// a kind that nobody knows is named. All of it is text from elsewhere. Pure.
import { z } from 'zod'

export interface Said {
  text: string
  isError: boolean
}

const text = z.string().catch('')
const partSchema = z
  .object({
    type: text,
    text: z.string().nullish().catch(null),
    uri: text,
    resource: z
      .object({ uri: text, text: z.string().nullish().catch(null) })
      .nullish()
      .catch(null),
  })
  .nullable()
  .catch(null)

const resultSchema = z.object({
  content: z
    .union([z.array(partSchema), z.string()])
    .nullish()
    .catch(null),
  structuredContent: z.unknown().optional(),
  isError: z.unknown().optional(),
  /** Of the protocol's first version. */
  toolResult: z.unknown().optional(),
})

/** Of `tools/call`. Words only; what else comes is named. Null when it says nothing at all. */
export function readCall(given: unknown): Said | null {
  const read = resultSchema.safeParse(given)
  if (!read.success) return null
  const { content, structuredContent, isError, toolResult } = read.data
  const parts = typeof content === 'string' ? [content] : (content ?? []).map(wordsOf)
  const besides = structuredContent ?? toolResult ?? null
  if (content === undefined && besides === null && isError === undefined) return null
  if (parts.length === 0 && besides !== null)
    return { text: typeof besides === 'string' ? besides : JSON.stringify(besides), isError: isError === true }
  return { text: parts.join('\n'), isError: isError === true }
}

function wordsOf(part: z.infer<typeof partSchema>): string {
  if (part === null) return '[something that can’t be read]'
  switch (part.type) {
    case 'text':
      return part.text ?? ''
    case 'resource':
      return part.resource?.text ?? `[a file: ${part.resource?.uri ?? ''}]`
    case 'resource_link':
      return `[a link: ${part.uri}]`
    case 'image':
      return '[a picture]'
    case 'audio':
      return '[a sound]'
    default:
      return part.text ?? `[something of the kind “${part.type.slice(0, 60)}”, which Parley does not know]`
  }
}

const named = z.object({ uri: text, uriTemplate: text, name: text, description: text })
const resourcesSchema = z.object({
  resources: z.array(named.nullable().catch(null)).catch([]),
  resourceTemplates: z.array(named.nullable().catch(null)).catch([]),
  nextCursor: text,
})

/** Of `resources/list` and `resources/templates/list`: one line each. */
export function readResources(given: unknown): Said | null {
  const read = resourcesSchema.safeParse(given)
  if (!read.success) return null
  const { resources, resourceTemplates, nextCursor } = read.data
  const lines = [...resources, ...resourceTemplates].flatMap((one) => {
    if (one === null) return []
    return [[one.uri || one.uriTemplate, one.name, one.description].filter((word) => word !== '').join(' | ')]
  })
  return { text: [...lines, ...furtherOf(nextCursor)].join('\n') || 'There are none.', isError: false }
}

const contentsSchema = z.object({
  contents: z.array(
    z
      .object({ uri: text, text: z.string().nullish().catch(null) })
      .nullable()
      .catch(null),
  ),
})

/** Of `resources/read`. */
export function readContents(given: unknown): Said | null {
  const read = contentsSchema.safeParse(given)
  if (!read.success) return null
  const parts = read.data.contents.map((one) => one?.text ?? `[a file: ${one?.uri ?? ''}]`)
  return { text: parts.join('\n'), isError: false }
}

const promptsSchema = z.object({
  prompts: z
    .array(
      z
        .object({
          name: text,
          description: text,
          arguments: z
            .array(z.object({ name: text, required: z.unknown().optional() }))
            .nullish()
            .catch(null),
        })
        .nullable()
        .catch(null),
    )
    .catch([]),
  nextCursor: text,
})

/** Of `prompts/list`: one line each, with its arguments. */
export function readPrompts(given: unknown): Said | null {
  const read = promptsSchema.safeParse(given)
  if (!read.success) return null
  const lines = read.data.prompts.flatMap((one) => {
    if (one === null) return []
    const fields = (one.arguments ?? []).map(({ name, required }) => (required === true ? name : `${name}?`))
    return [[one.name, fields.join(', '), one.description].filter((word) => word !== '').join(' | ')]
  })
  return { text: [...lines, ...furtherOf(read.data.nextCursor)].join('\n') || 'There are none.', isError: false }
}

const promptSchema = z.object({
  messages: z.array(
    z
      .object({ role: text, content: z.union([z.array(partSchema), partSchema]) })
      .nullable()
      .catch(null),
  ),
})

/** Of `prompts/get`. */
export function readPrompt(given: unknown): Said | null {
  const read = promptSchema.safeParse(given)
  if (!read.success) return null
  const parts = read.data.messages.map((one) => {
    if (one === null) return '[something that can’t be read]'
    return `${one.role}: ${[one.content].flat().map(wordsOf).join('\n')}`
  })
  return { text: parts.join('\n'), isError: false }
}

function furtherOf(cursor: string): string[] {
  return cursor === '' ? [] : [`There are more: ask again with the cursor ${JSON.stringify(cursor)}.`]
}
