// The talk command from its arguments to its exit code: makes the parts, says what is to be said, ends in order.
import { createHash } from 'node:crypto'
import { devNull } from 'node:os'
import type { Readable } from 'node:stream'
import { withoutKeys } from '../../core/conversation/hide-keys.ts'
import { printableJson } from '../../core/printable.ts'
import type { Settings } from '../../core/settings.ts'
import type { Limit } from '../../core/spending/day.ts'
import { voiceConfigOf } from '../../core/voice-wishes.ts'
import { checkGrant } from '../agent/grants.ts'
import { tellReminder } from '../agent/reminder.ts'
import { openWorkshop, type Workshop } from '../agent/workshop.ts'
import { createFileMicrophone, readSound } from '../audio/file-microphone.ts'
import { createFileSpeaker } from '../audio/file-speaker.ts'
import { SoundError } from '../audio/errors.ts'
import { createSound } from '../audio/sound.ts'
import { systemClock } from '../clock.ts'
import type { Companion } from '../companion.ts'
import { composeCompanion } from '../compose.ts'
import { openDialects } from '../dialects.ts'
import { newId } from '../new-id.ts'
import { agentWishesOf, endpointNameOf, limitOf, quickTools, sendsOnlySpeech } from '../app/voice-config.ts'
import type { CrashGuard } from '../crash/guard.ts'
import { dataFolder } from '../folders.ts'
import { EndpointError, voiceRequest, type Address } from '../net/endpoint.ts'
import { createWayOut } from '../net/way-out.ts'
import type { ConversationRecord, Microphone, Speaker, Undo, WayOut } from '../ports.ts'
import { openConversations } from '../store/conversations.ts'
import { countStored, followSpending, openSpending } from '../spending.ts'
import { namedModel } from '../local-model.ts'
import { openSettings, type SettingsStore } from '../store/settings.ts'
import { StoreError } from '../store/store-error.ts'
import { createTroubles, type Troubles } from '../store/troubles.ts'
import { printing } from '../terminal.ts'
import { askAtTerminal } from './questions.ts'
import { parseTalk, usage, UsageError, type TalkOptions } from './options.ts'
import { readShown } from './shown-pictures.ts'
import { TalkError } from './talk-error.ts'
import { sayAll, show, whenLive, type SpokenFiles } from './talk.ts'
import { createTranscript } from './transcript.ts'
import { askUnpriced } from './unpriced.ts'
import { wishesOf } from './wishes.ts'

interface Terminal {
  env: NodeJS.ProcessEnv
  stdin: Readable
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
  once(event: 'SIGINT' | 'SIGTERM', listen: () => void): unknown
}

/** @returns the exit code: 0 done, 1 it could not be done, 2 it was not understood */
export async function runTalk(args: readonly string[], given: Terminal, guard?: CrashGuard): Promise<number> {
  const terminal = printing(given)
  try {
    const options = parseTalk(args[0] === 'talk' ? args.slice(1) : args, terminal.env)
    if (options === 'help') terminal.stdout.write(`${usage}\n`)
    else await talk(options, terminal, guard)
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

async function talk(options: TalkOptions, terminal: Terminal, guard?: CrashGuard): Promise<void> {
  // A file that can't be read is told before anything is started.
  for (const input of options.inputs)
    await (input.type === 'file' ? readSound(input.path) : readShown(input.pictures ?? []))
  const folder = dataFolder(terminal.env)
  await checkGrants(options.grants, folder)
  if (options.endpoint.kind === 'remote') checkAddress(options.endpoint)
  let hidesKeys = (): boolean => true
  const store = await openConversations({
    folder,
    clock: systemClock,
    random: Math.random,
    alter: (change) => (hidesKeys() ? withoutKeys(change) : change),
  })
  guard?.onCrash(() => store.close())
  try {
    const record = await store.open(options.keep === null ? newId('talk') : idOf(options.keep))
    await begin(record, options.keep ?? 'Talk')
    const devices = openDevices(options)
    const address = options.endpoint.kind === 'remote' ? options.endpoint : null
    const troubles = createTroubles()
    const tell = (message: string): void => troubles.tell(message)
    store.onNotice(({ message }) => tell(message))
    for (const { message } of store.notices()) tell(message)
    const settings = await openSettings({ folder, random: Math.random, tell })
    hidesKeys = () => settings.current().hideKeys
    const wishes = (): Settings => wishesOf(settings.current(), options)
    const wayOut = createWayOut({ choice: () => settings.current().proxy, env: terminal.env })
    const tools = { folder, settings: { ...settings, current: wishes }, tell, wayOut }
    const workshop = await openTools(tools, terminal.env)
    const { endpoint } = wishes()
    const where = { name: endpointNameOf(endpoint), model: endpoint.model }
    const limit = (): Limit => limitOf(wishes())
    const spending = await openSpending({ folder, clock: systemClock, random: Math.random, limit, tell })
    const dialects = await openDialects({ folder, clock: systemClock, random: Math.random })
    if (address !== null)
      await askUnpriced({
        spending,
        accepted: () => settings.current().unpricedModels,
        accept: (unpricedModels) => settings.change({ unpricedModels }),
        stdin: terminal.stdin,
        write: (text) => terminal.stdout.write(text),
        clock: systemClock,
        json: options.json,
      })
    const companion = composeCompanion({
      folder,
      record,
      microphone: devices.microphone,
      speaker: devices.speaker,
      config: voiceConfigOf(wishes()),
      onlySpeech: sendsOnlySpeech(wishes()),
      wayOut,
      localModel: () => namedModel(settings.current(), terminal.env),
      address() {
        const why = address === null ? null : spending.refusal('voice')
        return why === null ? Promise.resolve(address) : Promise.reject(new EndpointError(why, 'limit'))
      },
      endpoint: address === null ? where : { ...where, address: address.baseUrl },
      dialects,
      work: {
        wishes: agentWishesOf(wishes()),
        tools: () => workshop.tools(),
        quick: address === null ? [] : quickTools,
        speaksResults: () => true,
        refusal: () => (address === null ? null : spending.refusal('agent')),
      },
    })
    record.onStored(({ change }) => countStored(spending, change, where))
    followSpending(spending, () => companion)
    try {
      await converse(companion, devices, options, terminal, { troubles, workshop })
    } finally {
      record.hasten()
      await workshop.close()
      await spending.stop()
      await dialects.settled()
    }
  } finally {
    await store.close()
  }
}

async function converse(
  companion: Companion,
  devices: Devices,
  options: TalkOptions,
  terminal: Terminal,
  { troubles, workshop }: { troubles: Troubles; workshop: Workshop },
): Promise<void> {
  const write = (text: string): unknown => terminal.stdout.write(text)
  const transcript = options.json ? null : createTranscript(write)
  const writeJson = (value: object): unknown => write(`${printableJson(value)}\n`)
  const note = show(companion, transcript, writeJson)
  troubles.onTold(note)
  for (const message of troubles.take()) note(message)
  const where = options.endpoint.kind === 'remote' ? options.endpoint.baseUrl : 'the built-in voice'
  const undoQuestions = askAtTerminal({ companion, stdin: terminal.stdin, write, json: options.json })
  let undoReminders: Undo = () => undefined
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
    // Only now is there somebody who tells them.
    undoReminders = workshop.onDue((alarm) => tellReminder(alarm, companion, note))
    if (devices.files === null) {
      transcript?.note('Talk now. Ctrl+C ends.')
      await Promise.race([interrupted, live.then(() => new Promise<never>(() => undefined))])
    } else {
      const manual = options.mode === 'manual'
      const said = sayAll(options.inputs, { companion, clock: systemClock, files: devices.files, where, manual })
      await Promise.race([said, interrupted, failure(companion)])
    }
  } finally {
    undoReminders()
    undoQuestions()
    transcript?.end()
    await companion.stop()
  }
}

/** @throws TalkError for an address that is none, or that would carry the key in the clear */
function checkAddress(address: Address): void {
  try {
    voiceRequest(address, '')
  } catch (error) {
    if (error instanceof EndpointError) throw new TalkError(error.message)
    throw error
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
  own: { folder: string; settings: SettingsStore; tell: (message: string) => void; wayOut: WayOut },
  env: NodeJS.ProcessEnv,
): Promise<Workshop> {
  return openWorkshop({
    clock: systemClock,
    random: Math.random,
    newId,
    ...own,
    surroundings: { clipboard: null, opener: null },
    env,
  })
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

interface Devices {
  microphone: Microphone
  speaker: Speaker
  /** Null at a real microphone. */
  files: SpokenFiles | null
}

function openDevices(options: TalkOptions): Devices {
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
