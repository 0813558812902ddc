// Moonshine, the speech recogniser: 16 kHz speech in, words out. Encoder and merged decoder as ONNX, greedy, with its
// key/value cache. ONNX runs hold the thread, so this lives in one of its own (recognition-thread.ts).
import tokenizer from 'llama-tokenizer-js'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const hz = 16_000
const startToken = 1
const endToken = 2
/** Faster than anyone speaks: what lies beyond is the model repeating itself. */
const tokensPerSecond = 6.5
/** Without some silence around it, the model loses the first and last sounds. */
const paddingSamples = 0.25 * hz

export interface Transcript {
  text: string
  /** Mean log-probability of the tokens; below about -0.6 the words are doubtful. */
  meanLogProbability: number
}

export interface Reading extends Transcript {
  tokens: readonly number[]
}

/** How well words fit the beginning of what was heard, in nats. */
export interface WordsFit {
  /** How much less likely they are than what the model itself would say in their place; 0 where it says just that. */
  misfit: number
  /** How unlikely they are altogether: less than that of other words, and they fit better. */
  cost: number
}

/** One stretch of speech that several questions are asked of. */
export interface Heard {
  /** @param words as they would be written */
  fit(words: string): Promise<WordsFit>
  words(): Promise<Transcript>
}

export interface ReadHow {
  /** Tokens read from a shorter part of the same audio: what of them still holds is had almost for nothing. */
  draft: readonly number[]
  /** Looked at between runs. */
  isAborted: () => boolean
}

export interface Moonshine {
  /** @param samples 16 kHz mono PCM16. @returns null when aborted */
  read(samples: Int16Array, how: ReadHow): Promise<Reading | null>
  /** @param samples 16 kHz mono PCM16 */
  hear(samples: Int16Array): Promise<Heard>
  close(): Promise<void>
}

type Tensors = Record<string, Tensor>

function padded(samples: Int16Array): Tensor {
  const audio = new Float32Array(samples.length + 2 * paddingSamples)
  for (let at = 0; at < samples.length; at++) audio[paddingSamples + at] = (samples[at] ?? 0) / 32_768
  return new Tensor('float32', audio, [1, audio.length])
}

/** The decoder's cache before its first token, in the shapes the model declares (they differ between base and tiny). */
function emptyCache(decoder: InferenceSession): Tensors {
  const cache: Tensors = {}
  for (const input of decoder.inputMetadata) {
    if (!input.name.startsWith('past_key_values') || !input.isTensor) continue
    const [, heads, , width] = input.shape
    cache[input.name] = new Tensor('float32', new Float32Array(0), [0, Number(heads), 1, Number(width)])
  }
  return cache
}

/** @returns the likeliest token and the logarithm of its probability */
function likeliest(logits: Float32Array): { token: number; logProbability: number } {
  let token = 0
  let highest = -Infinity
  for (let at = 0; at < logits.length; at++) {
    const logit = logits[at] ?? -Infinity
    if (logit > highest) {
      highest = logit
      token = at
    }
  }
  let sum = 0
  for (const logit of logits) sum += Math.exp(logit - highest)
  return { token, logProbability: -Math.log(sum) }
}

/** Positions up to `length` of a cache tensor shaped [1, heads, positions, width]. */
function shortened(tensor: Tensor, length: number): Tensor {
  const [, heads = 0, positions = 0, width = 0] = tensor.dims
  if (positions === length) return tensor
  const all = tensor.data as Float32Array
  const kept = new Float32Array(heads * length * width)
  for (let head = 0; head < heads; head++)
    kept.set(all.subarray(head * positions * width, (head * positions + length) * width), head * length * width)
  return new Tensor('float32', kept, [1, heads, length, width])
}

/** The encoder's half of the cache is made with the first run and stays. */
function keepCache(cache: Tensors, made: Tensors, isFirst: boolean, length: number): void {
  for (const name of Object.keys(cache)) {
    const present = made[name.replace('past_key_values', 'present')]
    if (!present) continue
    if (name.includes('decoder')) cache[name] = shortened(present, length)
    else if (isFirst) cache[name] = present
  }
}

/**
 * Greedy. The draft costs one run however long it is: the model says for each of its tokens what it would have said
 * itself, and the draft holds up to the first difference.
 */
async function decode(
  decoder: InferenceSession,
  hidden: Tensor,
  maxTokens: number,
  { draft, isAborted }: ReadHow,
): Promise<Reading | null> {
  const cache = emptyCache(decoder)
  const tokens: number[] = []
  let sumLogProbability = 0
  let input = [startToken, ...draft.slice(0, maxTokens)]
  let ended = false
  for (let isFirst = true; !ended && tokens.length < maxTokens; isFirst = false) {
    if (isAborted()) return null
    const made: Tensors = await decoder.run({
      ...cache,
      input_ids: new Tensor('int64', BigInt64Array.from(input, BigInt), [1, input.length]),
      encoder_hidden_states: hidden,
      use_cache_branch: new Tensor('bool', [!isFirst], [1]),
    })
    const logits = made['logits']?.data as Float32Array
    const vocabulary = logits.length / input.length
    for (let at = 0; at < input.length; at++) {
      const { token, logProbability } = likeliest(logits.subarray(at * vocabulary, (at + 1) * vocabulary))
      sumLogProbability += logProbability
      ended = token === endToken
      if (!ended) tokens.push(token)
      if (token !== input[at + 1]) break
    }
    keepCache(cache, made, isFirst, tokens.length)
    input = tokens.slice(-1)
  }
  const text = tokens.length === 0 ? '' : spellNow(tokenizer.decode(tokens, false, false).trim())
  return { text, tokens, meanLogProbability: sumLogProbability / (tokens.length + 1) }
}

/** One run: the model says at each word what it would have said, and how likely the expected one is beside that. */
async function fitOf(decoder: InferenceSession, hidden: Tensor, words: string): Promise<WordsFit> {
  const expected = tokenizer.encode(words, false)
  const input = [startToken, ...expected]
  const made: Tensors = await decoder.run({
    ...emptyCache(decoder),
    input_ids: new Tensor('int64', BigInt64Array.from(input, BigInt), [1, input.length]),
    encoder_hidden_states: hidden,
    use_cache_branch: new Tensor('bool', [false], [1]),
  })
  const logits = made['logits']?.data as Float32Array
  const vocabulary = logits.length / input.length
  const fit: WordsFit = { misfit: 0, cost: 0 }
  for (const [at, token] of expected.entries()) {
    const here = logits.subarray(at * vocabulary, (at + 1) * vocabulary)
    const best = likeliest(here)
    const behind = (here[best.token] ?? 0) - (here[token] ?? 0)
    fit.misfit += behind
    fit.cost += behind - best.logProbability
  }
  return fit
}

/**
 * @param modelDir holds encoder and decoder, as .ort where set-up optimised them, else as .onnx
 * @throws when a file is missing or no model
 */
export async function loadMoonshine(modelDir: string, threads: number): Promise<Moonshine> {
  const optimised = existsSync(join(modelDir, 'decoder.ort'))
  const options = (part: 'encoder' | 'decoder'): InferenceSession.SessionOptions => ({
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: optimised ? 'disabled' : 'extended',
    // The decoder unpacks its output layer at every token, into memory that is better kept; the encoder runs once, and would keep
    // as much as the longest turn ever took.
    enableCpuMemArena: part === 'decoder',
    // Threads that spin while they wait take the core that the voice needs.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  })
  const open = (part: 'encoder' | 'decoder'): Promise<InferenceSession> =>
    InferenceSession.create(join(modelDir, `${part}.${optimised ? 'ort' : 'onnx'}`), options(part))
  const encoder = await open('encoder')
  const decoder = await open('decoder')
  async function encode(samples: Int16Array): Promise<Tensor> {
    const encoded = await encoder.run({ input_values: padded(samples) })
    const hidden = encoded['last_hidden_state']
    if (!hidden) throw new Error('The recogniser has no such output.')
    return hidden
  }
  const mostTokens = (samples: Int16Array): number => 4 + Math.ceil((samples.length / hz) * tokensPerSecond)
  const read: Moonshine['read'] = async (samples, how) =>
    how.isAborted() ? null : decode(decoder, await encode(samples), mostTokens(samples), how)
  // The first run allocates and is several times slower than the later ones.
  await read(new Int16Array(hz), { draft: [], isAborted: () => false })
  return {
    read,
    async hear(samples) {
      const hidden = await encode(samples)
      return {
        fit: (words) => fitOf(decoder, hidden, words),
        async words() {
          const how: ReadHow = { draft: [], isAborted: () => false }
          return (await decode(decoder, hidden, mostTokens(samples), how)) ?? { text: '', meanLogProbability: 0 }
        },
      }
    },
    async close() {
      await encoder.release()
      await decoder.release()
    },
  }
}

/** The model learnt from old books too: “to-day” is what nobody writes any more. */
export function spellNow(text: string): string {
  return text.replace(/\b(to)-(day|night|morrow)\b/gi, '$1$2')
}
