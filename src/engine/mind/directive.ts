// What the application, in its instructions, tells the voice to be or to do. Only instructions are read here: what the
// person or a tool says is never taken for one.

const exactly =
  /\b(?:say|speak|read(?: out)?|announce|tell (?:the )?(?:user|person|them)|respond with|reply with|answer with)\b[^"“:\n]{0,80}(?::\s*)?["“]([^"”]{1,1000})["”]/i
const exactlyBare =
  /^(?:please )?(?:say|speak|read(?: out)?|announce|repeat)(?: (?:exactly|only|just|this|the following|out loud|aloud|verbatim|word for word|exactly this|only this))*\s*:\s*(.{1,1000})$/is
const named = /\b(?:[Yy]ou are|[Yy]ou're|[Yy]our name is|[Yy]ou are called|[Aa]ct as)\s+(\p{Lu}[\p{L}\d'-]{1,30})/u
const notNames = /^(?:A|An|The|In|On|At|Not|Now|Also|Helpful)$/

/**
 * Words to be said as they are; null when the instructions give none.
 * @param unasked the person said nothing that waits for an answer, so that a quotation further in is an order, too
 */
export function wordsToSay(instructions: string, unasked: boolean): string | null {
  const words = exactlyBare.exec(instructions.trim())?.[1] ?? (unasked ? exactly.exec(instructions)?.[1] : undefined)
  return words === undefined ? null : words.replace(/^["“]|["”]$/g, '').trim()
}

/** What the voice is called. */
export function nameIn(instructions: string): string {
  const name = named.exec(instructions)?.[1]
  return name === undefined || notNames.test(name) ? 'Parley' : name
}
