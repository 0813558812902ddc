// The talk command from its arguments to its exit code: makes the parts, says what is to be said, ends in order.
import { createHash } from 'node:crypto'
import { devNull } from 'node:os'
import type { Readable } from 'node:stream'
import { withoutKeys } from '../../core/conversation/hide-keys.ts'
import { printableJson } from '../../core/printable.ts'
import type { Settings } from '../../core/settings.ts'
import { pricedModel } from '../../core/spending/prices.ts'
import type { VoiceConfig } from '../../core/realtime/commands.ts'
import { checkGrant } from '../agent/grants.ts'
import { openWorkshop, type Workshop } from '../agent/workshop.ts'
import { createFileMicrophone, readSound } from '../audio/file-microphone.ts'
import { createFileSpeaker } from '../audio/file-speaker.ts'
import { SoundError } from '../audio/errors.ts'
import { createSound } from '../audio/sound.ts'
import { systemClock } from '../clock.ts'
import type { Companion } from '../companion.ts'
import { composeCompanion } from '../compose.ts'
import { newId } from '../new-id.ts'
import { ownAgentModel, quickTools } from '../desk/voice-config.ts'
import { dataFolder } from '../folders.ts'
import { EndpointError } from '../net/endpoint.ts'
import { createWayOut } from '../net/way-out.ts'
import type { ConversationRecord, Microphone, Speaker, WayOut } from '../ports.ts'
import { openConversations } from '../store/conversations.ts'
import { openSpending } from '../spending.ts'
import { openSettings, type SettingsStore } from '../store/settings.ts'
import { StoreError } from '../store/store-error.ts'
import { printing } from '../terminal.ts'
import { askAtTerminal } from './questions.ts'
import { parseTalk, usage, UsageError, type TalkOptions } from './options.ts'
import { sayAll, show, TalkError, whenLive, type SpokenFiles } from './talk.ts'
import { createTranscript } from './transcript.ts'

interface Terminal {
  env: NodeJS.ProcessEnv
  stdin: Readable
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
  once(event: 'SIGINT' | 'SIGTERM', listen: () => void): unknown
}

/** @returns the exit code: 0 done, 1 it could not be done, 2 it was not understood */
export async function runTalk(args: readonly string[], given: Terminal): Promise<number> {
  const terminal = printing(given)
  try {
    const options = parseTalk(args[0] === 'talk' ? args.slice(1) : args, terminal.env)
    if (options === 'help') terminal.stdout.write(`${usage}\n`)
    else await talk(options, terminal)
    return 0
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.stderr.write(`${error.message}\n`)
      return 2
    }
    if (error instanceof TalkError || error instanceof SoundError || error instanceof StoreError) {
      terminal.stderr.write(`${error.message}\n`)
      return 1
    }
    throw error
  }
}

async function talk(options: TalkOptions, terminal: Terminal): Promise<void> {
  // A file that can't be read is told before anything is started.
  for (const input of options.inputs) if (input.type === 'file') await readSound(input.path)
  const folder = dataFolder(terminal.env)
  await checkGrants(options.grants, folder)
  let hidesKeys = (): boolean => true
  const store = await openConversations({
    folder,
    clock: systemClock,
    random: Math.random,
    alter: (change) => (hidesKeys() ? withoutKeys(change) : change),
  })
  try {
    const record = await store.open(options.keep === null ? newId('talk') : idOf(options.keep))
    await begin(record, options.keep ?? 'Talk')
    const ears = openEars(options)
    const address = options.endpoint.kind === 'remote' ? options.endpoint : null
    const settings = await openSettings({ folder, clock: systemClock, random: Math.random })
    hidesKeys = () => settings.current().hideKeys
    const wayOut = createWayOut({ choice: () => settings.current().proxy, env: terminal.env })
    const workshop = await openTools({ folder, settings, wayOut }, options, terminal.env)
    const name = options.endpoint.kind === 'remote' ? options.endpoint.name : 'embedded'
    const capUsd = (): number | null => settings.current().dailyLimitUsd
    const spending = await openSpending({ folder, clock: systemClock, random: Math.random, capUsd })
    const refusal = (): string | null => (address === null ? null : spending.refusal())
    const companion = composeCompanion({
      folder,
      record,
      microphone: ears.microphone,
      speaker: ears.speaker,
      config: voiceConfig(options),
      wayOut,
      localModel: () => settings.current().localModel || (terminal.env['PARLEY_LOCAL_MODEL'] ?? ''),
      address() {
        const why = refusal()
        return why === null ? Promise.resolve(address) : Promise.reject(new EndpointError(why, 'limit'))
      },
      endpoint: { name, model: options.model },
      work: {
        model: ownAgentModel(name, options.model),
        tools: () => workshop.tools(),
        quick: address === null ? [] : quickTools,
        speaksResults: () => true,
        refusal,
      },
    })
    record.onStored(({ change }) => {
      if (change.type === 'tokens-used')
        spending.count(pricedModel(hostOf(name), change.model ?? options.model), change.usage)
    })
    spending.onWarning((output) => companion.tell({ name: 'spending_warning', arguments: '{}', output, aloud: true }))
    spending.onStopped(() => companion.reopen())
    try {
      await converse(companion, ears, options, terminal)
    } finally {
      await workshop.close()
      await spending.stop()
    }
  } finally {
    await store.close()
  }
}

async function converse(companion: Companion, ears: Ears, options: TalkOptions, terminal: Terminal): Promise<void> {
  const write = (text: string): unknown => terminal.stdout.write(text)
  const transcript = options.json ? null : createTranscript(write)
  show(companion, transcript, (value) => write(`${printableJson(value)}\n`))
  const where = options.endpoint.kind === 'remote' ? options.endpoint.baseUrl : 'the built-in voice'
  const undoQuestions = askAtTerminal({ companion, stdin: terminal.stdin, write, json: options.json })
  const live = whenLive({ companion, where })
  // It may be refused while the sound still opens; it is told where it is awaited.
  live.catch(() => undefined)
  const interrupted = new Promise<void>((resolve) => {
    terminal.once('SIGINT', resolve)
    terminal.once('SIGTERM', resolve)
  })
  try {
    await companion.wake()
    await live
    if (ears.files === null) {
      transcript?.note('Talk now. Ctrl+C ends.')
      await Promise.race([interrupted, live.then(() => new Promise<never>(() => undefined))])
    } else {
      const manual = options.mode === 'manual'
      const said = sayAll(options.inputs, { companion, clock: systemClock, files: ears.files, where, manual })
      await Promise.race([said, interrupted, failure(companion)])
    }
  } finally {
    undoQuestions()
    transcript?.end()
    await companion.stop()
  }
}

/** A folder that can't be granted is told before anything is started. @throws UsageError */
async function checkGrants(grants: readonly string[], own: string): Promise<void> {
  for (const grant of grants) {
    const checked = await checkGrant(grant, own)
    if ('why' in checked) throw new UsageError(`${grant} can’t be granted. ${checked.why}`)
  }
}

/** The person's own tools, and for this talk the folders that were granted on the command line. */
function openTools(
  { folder, settings, wayOut }: { folder: string; settings: SettingsStore; wayOut: WayOut },
  { grants }: TalkOptions,
  env: NodeJS.ProcessEnv,
): Promise<Workshop> {
  const current = (): Settings => {
    const now = settings.current()
    return { ...now, grantedFolders: [...now.grantedFolders, ...grants] }
  }
  return openWorkshop({
    clock: systemClock,
    random: Math.random,
    newId,
    folder,
    settings: { ...settings, current },
    surroundings: { clipboard: null, opener: null },
    env,
    wayOut,
  })
}

/** As the window names a server in prices: without the rest of its address. */
function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : endpoint
}

/** A service that refuses in the middle ends the talk with its sentence. */
function failure(companion: Companion): Promise<never> {
  return new Promise((_, reject) => {
    companion.on('fatal', ({ message }) => reject(new TalkError(message)))
  })
}

/** The record's ids are plain; any other name is found again by its digest. */
function idOf(name: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name)
    ? name
    : `named-${createHash('sha256').update(name).digest('hex').slice(0, 24)}`
}

async function begin(record: ConversationRecord, title: string): Promise<void> {
  if (record.conversation().seq === 0)
    await record.append([{ type: 'conversation-started', conversation: record.id, title }])
}

interface Ears {
  microphone: Microphone
  speaker: Speaker
  /** Null at a real microphone. */
  files: SpokenFiles | null
}

function openEars(options: TalkOptions): Ears {
  if (options.inputs.length === 0) {
    const sound = createSound({
      clock: systemClock,
      devices: { microphone: options.microphone, speaker: options.speaker },
    })
    return { ...sound, files: null }
  }
  const microphone = createFileMicrophone({ clock: systemClock, file: null })
  const speaker = createFileSpeaker({ clock: systemClock, file: options.out ?? devNull, trimStart: true })
  return { microphone, speaker, files: microphone }
}

function voiceConfig(options: TalkOptions): VoiceConfig {
  return {
    instructions: 'You are Parley, a voice companion. Answer in one or two short spoken sentences.',
    voice: options.voice,
    speed: 1,
    language: 'en',
    transcriptionModel: 'gpt-4o-mini-transcribe',
    mode: options.mode,
    eagerness: 'auto',
    tools: [],
  }
}
