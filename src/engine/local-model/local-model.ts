// A language model that the person runs on this machine behind an OpenAI-compatible server. It is asked only at the address
// that the person named, on loopback, where no other person listens; and left for the skills when it fails or is slow.
import { listenerUsers } from '../../listener/socket-user.ts'
import { plainWords } from '../../core/agent/plain.ts'
import { isObject, jsonOf } from '../json.ts'
import type { Ask, EngineClock, Thought } from '../ports.ts'
import { chatRequest, readDelta, readModel, type Manner } from './chat-wire.ts'
import { createSpokenStream } from './spoken-stream.ts'

/** Accounts below it belong to the system, as the one that Ollama's own package makes; nobody logs in as them. */
const firstPersonUid = 1_000

const probeTimeoutMs = 400
const usualProbeEveryMs = 60_000
/** Silence longer than this before the first words is worse than a plainer answer; a task has time. */
const firstWordMs: Record<Manner, number> = { spoken: 3_000, written: 20_000 }
const betweenWordsMs = 5_000
const longestAnswerMs = 60_000
const mostBufferChars = 1_000_000

export interface LocalModel {
  /**
   * Yields the model's answer. Returns whether there was any: false when no server is there, it failed or was too slow
   * to begin, or when the signal aborted.
   */
  answer(ask: Ask, manner: Manner): AsyncGenerator<Thought, boolean>
}

export interface LocalModelOptions {
  clock: EngineClock
  /** As the person named it; a port may be open to anybody on this machine, so none is guessed. */
  url: string
  /** The one of its models that the person chose, and no other; empty: the first that can talk. */
  model?: string
  /** Looks before anything is asked, so that it is told early whether one answers. */
  looksAtOnce?: boolean
  probeEveryMs?: number
  /** Who listens at a port, and who Parley runs as. */
  usersAt?: (port: number) => Promise<readonly number[]>
  ownUser?: number | undefined
  /** Told who answers, each time that changes. */
  onFound?: (found: FoundModel) => void
  /** Told when none answers, or none any more. */
  onLost?: () => void
  log: (level: 'info' | 'warn', message: string) => void
}

export interface FoundModel {
  name: string
  port: number
}

interface Found {
  url: string
  model: string
}

export function createLocalModel(opts: LocalModelOptions): LocalModel {
  const url = loopbackUrl(opts.url)
  const ownUser = opts.ownUser ?? process.getuid?.()
  let isStranger = false
  let found: Found | null = null
  let first: Promise<void> | undefined
  let probedMs = 0
  /** What was told last. */
  let told: string | null | undefined

  async function probe(): Promise<void> {
    const next = url !== null && (await isTrusted(url)) ? await probeOne(url.origin, opts.model, opts.clock) : null
    probedMs = opts.clock.nowMs()
    settle(next)
  }

  function settle(next: Found | null): void {
    found = next
    const model = next?.model ?? null
    if (model === told) return
    told = model
    if (url === null || model === null) {
      opts.onLost?.()
      return
    }
    opts.log('info', 'a model server answers on this machine')
    opts.onFound?.({ name: plainWords(model, 80), port: portOf(url) })
  }

  /** Another person's server would hear everything; where the system does not tell, the person's word is taken. */
  async function isTrusted(at: URL): Promise<boolean> {
    const users = await (opts.usersAt ?? listenerUsers)(portOf(at))
    const known = ownUser === undefined ? [] : users
    const was = isStranger
    isStranger = !known.every((user) => user === ownUser || user < firstPersonUid)
    if (isStranger && !was)
      opts.log('warn', `another user of this machine listens at port ${portOf(at)}: no model is asked there`)
    return !isStranger
  }

  const early = opts.looksAtOnce === true ? probe() : null
  /** One that did not answer early is asked once more: it may have been started since. */
  const firstProbe = (): Promise<void> =>
    (first ??= early === null ? probe() : early.then(() => (found === null ? probe() : undefined)))

  /** Waits only for the first look-round; later ones happen beside the talk. */
  async function current(): Promise<Found | null> {
    await firstProbe()
    const dueMs = probedMs + (opts.probeEveryMs ?? usualProbeEveryMs)
    if (opts.clock.nowMs() >= dueMs) {
      probedMs = opts.clock.nowMs()
      void probe()
    }
    return found
  }

  return {
    async *answer(ask, manner) {
      // Read anew each time: it changes while the answer is awaited.
      const aborted = (): boolean => ask.signal.aborted
      const server = await current()
      if (server === null || url === null || aborted()) return false
      // Ports change hands: asked anew before anything is sent.
      if (!(await isTrusted(url))) {
        settle(null)
        return false
      }
      try {
        return yield* stream(server, ask, manner, opts.clock)
      } catch {
        // An abort is the person's; anything else means the server is not to be asked again before the next look-round.
        if (!aborted()) {
          settle(null)
          opts.log('warn', 'the local model failed; the skills answer')
        }
        return false
      }
    },
  }
}

/** Nothing the person says leaves this machine, whatever address is configured. */
function loopbackUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 'http:') return null
  // One family only, so that the port that is looked at is the one that is asked.
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1'
  return url.hostname === '127.0.0.1' ? url : null
}

const portOf = (url: URL): number => Number(url.port || 80)

async function probeOne(url: string, wanted: string | undefined, clock: EngineClock): Promise<Found | null> {
  const stop = new AbortController()
  const undo = clock.after(probeTimeoutMs, () => stop.abort())
  try {
    const response = await fetch(new URL('/v1/models', url), { signal: stop.signal, redirect: 'error' })
    const model = response.ok ? readModel(await response.json(), wanted) : null
    return model === null ? null : { url, model }
  } catch {
    return null
  } finally {
    undo()
  }
}

async function* stream(server: Found, ask: Ask, manner: Manner, clock: EngineClock): AsyncGenerator<Thought, boolean> {
  const stop = new AbortController()
  const limit = createLimit(clock, firstWordMs[manner], () => stop.abort())
  const signal = AbortSignal.any([ask.signal, stop.signal])
  const spoken = createSpokenStream()
  const calls = new Map<number, { name: string; arguments: string }>()
  let said = false
  const text = (pieces: readonly string[]): Thought[] => pieces.map((piece) => ({ type: 'text', text: piece }))
  try {
    const response = await fetch(new URL('/v1/chat/completions', server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: chatRequest(server.model, ask, manner),
      signal,
      redirect: 'error',
    })
    if (!response.ok || response.body === null) throw new Error(`the model server answered ${response.status}`)
    for await (const line of linesOf(response.body)) {
      const delta = readDelta(line)
      if (delta === null) continue
      for (const piece of delta.calls) {
        const call = calls.get(piece.index) ?? { name: '', arguments: '' }
        calls.set(piece.index, { name: call.name + piece.name, arguments: call.arguments + piece.arguments })
      }
      if (delta.text !== '' || delta.calls.length > 0) limit.alive()
      for (const thought of text(spoken.push(delta.text))) {
        said = true
        yield thought
      }
    }
  } catch (error) {
    // Half an answer is kept: what was spoken can't be taken back, and the skills would begin another one.
    if (!said || ask.signal.aborted) throw error
  } finally {
    limit.close()
    stop.abort()
  }
  for (const thought of [...text(spoken.end()), ...callsOf(calls, ask)]) {
    said = true
    yield thought
  }
  return said
}

/** Ends the wait for the first words, for the next ones, and the whole. */
function createLimit(clock: EngineClock, firstMs: number, expire: () => void): { alive(): void; close(): void } {
  let undo = clock.after(firstMs, expire)
  const undoWhole = clock.after(longestAnswerMs, expire)
  return {
    alive() {
      undo()
      undo = clock.after(betweenWordsMs, expire)
    },
    close() {
      undo()
      undoWhole()
    },
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let waiting = ''
  for await (const bytes of body) {
    waiting += decoder.decode(bytes, { stream: true })
    if (waiting.length > mostBufferChars) throw new Error('the model server sent a line without end')
    const lines = waiting.split(/\r?\n/)
    waiting = lines.pop() ?? ''
    yield* lines
  }
  yield waiting
}

/** Only calls of tools that were offered, with an object for arguments. */
function callsOf(calls: ReadonlyMap<number, { name: string; arguments: string }>, ask: Ask): Thought[] {
  const allowed = ask.toolChoice === 'none' ? [] : ask.tools.map((tool) => tool.name)
  return [...calls.values()]
    .map((call): Thought => ({ type: 'call', name: call.name, arguments: call.arguments || '{}' }))
    .filter((call) => call.type === 'call' && allowed.includes(call.name) && isObject(jsonOf(call.arguments)))
}
