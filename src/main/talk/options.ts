// What `npm run talk` was asked for. Pure: arguments and environment in, options or one sentence out.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { TurnMode } from '../../core/realtime/commands.ts'
import { readKey } from '../../core/connection/service-key.ts'
import { whyNoServiceAddress } from '../../core/connection/service-address.ts'
import { openAiBaseUrl, type Address } from '../net/endpoint.ts'

export type TalkInput = { type: 'file'; path: string } | { type: 'text'; text: string; pictures?: string[] }

export interface TalkOptions {
  /** In the order given; none means a conversation at the microphone. */
  inputs: TalkInput[]
  out: string | null
  json: boolean
  /** Name of the stored conversation to go on with. */
  keep: string | null
  /** Folders that the agent's tools may see. */
  grants: string[]
  endpoint: { kind: 'embedded' } | ({ kind: 'remote'; name: string } & Address)
  /** Null: what the person set, or the endpoint's own. */
  model: string | null
  voice: string | null
  mode: TurnMode
  microphone: string | null
  speaker: string | null
}

/** The person asked for something that can't be done; `message` says what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const usage = `Usage: npm run talk -- [question.wav …] [options]

  --text "…"         type instead of talk; may be mixed with files and repeated
  --picture FILE     show a PNG or JPEG with the words of the --text before it, or alone; may be repeated
  --out FILE.wav     write what the voice said
  --grant FOLDER     what the agent may see; may be repeated. What changes something is asked first
  --keep NAME        go on with the conversation of that name, or begin it
  --endpoint WHERE   embedded (default), openai, or the address of a compatible server (wss://host/v1)
  --key-header NAME  bearer or api-key: in which header the key goes, if not as the server is known to want it
  --model NAME       the voice model of that server
  --voice NAME       the voice
  --mode MODE        how a turn ends: semantic (default), server, manual
  --microphone NAME  --speaker NAME   devices by name, when no files are given
  --json             one JSON object a line instead of text
  --help

Keys are read from the environment: OPENAI_API_KEY for openai, PARLEY_KEY for a compatible server.`

/** @throws UsageError */
export function parseTalk(args: readonly string[], env: NodeJS.ProcessEnv): TalkOptions | 'help' {
  const { values, tokens } = parse(args)
  if (values.help) return 'help'
  const mode = values.mode ?? 'semantic'
  if (mode !== 'semantic' && mode !== 'server' && mode !== 'manual')
    throw new UsageError(`There is no mode “${mode}”. Use semantic, server or manual.`)
  if (values.keep !== undefined && !/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u.test(values.keep))
    throw new UsageError('A name for --keep is made of letters, digits, spaces, dots and dashes, at most 64.')
  const keyHeader = values['key-header']
  if (keyHeader !== undefined && keyHeader !== 'bearer' && keyHeader !== 'api-key')
    throw new UsageError(`A key goes as bearer or as api-key, not as “${keyHeader}”.`)
  const endpoint = chooseEndpoint(values.endpoint ?? 'embedded', env, keyHeader)
  return {
    inputs: inputsOf(tokens),
    out: values.out ?? null,
    json: values.json ?? false,
    keep: values.keep ?? null,
    grants: (values.grant ?? []).map((folder) => resolve(folder)),
    endpoint,
    model: values.model ?? null,
    voice: values.voice ?? null,
    mode,
    microphone: values.microphone ?? null,
    speaker: values.speaker ?? null,
  }
}

function inputsOf(tokens: ReturnType<typeof parse>['tokens']): TalkInput[] {
  const inputs: TalkInput[] = []
  for (const token of tokens) {
    const last = inputs.at(-1)
    if (token.kind === 'positional') inputs.push({ type: 'file', path: token.value })
    if (token.kind !== 'option') continue
    if (token.name === 'text') inputs.push({ type: 'text', text: token.value.trim() })
    if (token.name !== 'picture') continue
    if (last?.type === 'text') last.pictures = [...(last.pictures ?? []), resolve(token.value)]
    else inputs.push({ type: 'text', text: '', pictures: [resolve(token.value)] })
  }
  return inputs
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      tokens: true,
      options: {
        text: { type: 'string', multiple: true },
        picture: { type: 'string', multiple: true },
        out: { type: 'string' },
        json: { type: 'boolean' },
        keep: { type: 'string' },
        grant: { type: 'string', multiple: true },
        endpoint: { type: 'string' },
        'key-header': { type: 'string' },
        model: { type: 'string' },
        voice: { type: 'string' },
        mode: { type: 'string' },
        microphone: { type: 'string' },
        speaker: { type: 'string' },
        help: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : 'These arguments are not understood'}. Try --help.`,
    )
  }
}

function chooseEndpoint(
  name: string,
  env: NodeJS.ProcessEnv,
  keyHeader: Address['keyHeader'],
): TalkOptions['endpoint'] {
  if (name === 'embedded') return { kind: 'embedded' }
  if (name !== 'openai') {
    const why = whyNoServiceAddress(name)
    if (why !== null) throw new UsageError(why)
    return { kind: 'remote', name, baseUrl: name, key: keyIn(env, 'PARLEY_KEY'), keyHeader }
  }
  const key = keyIn(env, 'OPENAI_API_KEY')
  if (key === null)
    throw new UsageError(
      'There is no OpenAI key. Set OPENAI_API_KEY, or leave out --endpoint to use the built-in voice.',
    )
  return { kind: 'remote', name, baseUrl: openAiBaseUrl, key, keyHeader }
}

/** @throws UsageError for one that can't be sent */
function keyIn(env: NodeJS.ProcessEnv, name: string): string | null {
  const read = readKey(env[name] ?? '')
  if (read.type === 'refused') throw new UsageError(`${name}: ${read.why}`)
  return read.type === 'key' ? read.key : null
}
