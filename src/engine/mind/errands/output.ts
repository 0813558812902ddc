// What came back from Parley's own tools, read as data. Nothing in it is ever followed.
import { z } from 'zod'
import { jsonOf } from '../../json.ts'
import { unwrapUntrusted } from '../../../core/agent/untrusted.ts'

export const bare = (output: string): string => unwrapUntrusted(output).trim()

const entry = z.object({
  path: z.string(),
  kind: z.string(),
  bytes: z.number().catch(0),
  changed: z.string().catch(''),
})
export type Entry = z.infer<typeof entry>

const listing = z.object({ entries: z.array(entry), more: z.number().catch(0) })
const granted = z.object({ granted: z.array(z.string()) })
const hits = z.object({ found: z.array(z.object({ path: z.string() })) })

/** Null when the tool did not give what it is known to give: then its words are the reason. */
const reader =
  <Shape>(shape: z.ZodType<Shape>) =>
  (output: string): Shape | null =>
    shape.safeParse(jsonOf(bare(output))).data ?? null

export const readListing = reader(listing)
export const readGranted = reader(granted)
export const readHits = reader(hits)

/** The reason in one line when a tool did not do it; null when it did. What was quoted from elsewhere begins with its mark. */
export function failureIn(output: string): string | null {
  const line = (output.trim().split('\n', 1)[0] ?? '').slice(0, 200)
  if (line.startsWith('The person said no.')) return 'you said no.'
  return refusal.test(line) ? `${line.charAt(0).toLowerCase()}${line.slice(1)}` : null
}

const refusal =
  /^(?:error\b|failed\b|mcp error|access denied|not found|unknown tool|there is no\b|nobody answered|it was cancelled|it was begun|it did not|it took longer|it broke off|it could not|it can.t|the arguments|the (?:tool|server)\b|another call|interrupted|parley is closing|.{0,80}\b(?:is not a (?:text )?(?:file|folder)|could not be|was not done|not known whether|is granted|does not exist))/i
