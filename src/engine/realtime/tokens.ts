// Token counts as the engine reports them. Text is counted by the tokenizer that the recogniser ships with; audio by
// the service's published rates: one token for 100 ms heard, one for 50 ms spoken.
import llamaTokenizer from 'llama-tokenizer-js'

const heardMsPerToken = 100
const spokenMsPerToken = 50
/** The tokenizer's time grows faster than its text, so long text is counted in pieces. */
const pieceLength = 2_000

export function countTextTokens(text: string): number {
  let tokens = 0
  for (let from = 0; from < text.length; from += pieceLength)
    tokens += llamaTokenizer.encode(text.slice(from, from + pieceLength), false, from === 0).length
  return tokens
}

export const countHeardTokens = (audioMs: number): number => Math.ceil(audioMs / heardMsPerToken)
export const countSpokenTokens = (audioMs: number): number => Math.ceil(audioMs / spokenMsPerToken)
