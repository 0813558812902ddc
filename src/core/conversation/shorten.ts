// Texts made fit for the wire: whole characters, and no longer than they may be.

/** Half of a surrogate pair is no character: not every JSON reader takes it, and those that do change it. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD')
}

/** @returns at most about `most` characters: beginning and end, with a mark where something is missing */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const head = wellFormed(text.slice(0, Math.ceil(most / 2))).trimEnd()
  const tail = wellFormed(text.slice(text.length - Math.floor(most / 2))).trimStart()
  return `${head} [… ${text.length - most} characters are not shown …] ${tail}`
}
