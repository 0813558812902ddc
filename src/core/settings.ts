// What a person can set, and its limits. There is no field for a key, and a text that holds one is found
// by `holdsSecret`: keys belong into the keyring. Where settings are stored is main's business.
import { z } from 'zod'
import { defaultSettings } from './default-settings.ts'
import { localAddress } from './connection/complete-address.ts'
import { whyNoServiceAddress } from './connection/service-address.ts'
import { languageChoices } from './language/choice.ts'
import { phraseText } from './phrase-requests.ts'
import { holdsKey } from './secrets.ts'

/** An address that carries a name and password or a query would carry a secret. */
const plainAddress = z.url({ protocol: /^(https?|wss?)$/ }).refine((address) => !/[?#]|\/\/[^/]*@/.test(address), {
  message: 'without a password and without a query',
})

/** Of a service: some want a query (`?api-version=…`), which must hold no key. */
const serviceAddress = z
  .url({ protocol: /^(https?|wss?)$/ })
  .refine((address) => whyNoServiceAddress(address) === null, {
    error: ({ input }) => whyNoServiceAddress(String(input)) ?? 'no address',
  })

/** `system`, `none`, or an address. What is no address after all is found where it is used, and told there. */
const proxyChoice = z
  .string()
  .max(260)
  .refine((choice) => !choice.includes('@'), {
    message: 'Leave name and password out of the proxy’s address: they have a field of their own.',
    abort: true,
  })
  .refine((choice) => /^(?:system|none|https?:\/\/[^\s/?#\\]+\/?)$/i.test(choice), {
    message: 'A proxy’s address is like http://proxy.example:3128.',
  })

/** Begins the names of its tools: `server__tool`. */
const serverName = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,22}[A-Za-z0-9])?$/)

const endpointSchema = z.discriminatedUnion('kind', [
  /** Parley's own engine on this machine. */
  z.object({ kind: z.literal('embedded'), model: z.string() }),
  z.object({ kind: z.literal('openai'), model: z.string() }),
  /** Another server that speaks the same protocol. */
  z.object({
    kind: z.literal('compatible'),
    baseUrl: serviceAddress,
    model: z.string(),
    /** In which header the key goes; absent: as the host is known to want it. */
    keyHeader: z.enum(['bearer', 'api-key']).optional(),
  }),
])

/** A server of tools. Variables of Parley's own environment are passed on by name, so that no secret stands here. */
export const mcpServerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('stdio'),
    name: serverName,
    command: z.string().trim().min(1).max(1_024),
    args: z.array(z.string().max(4_096)).max(64).readonly(),
    passEnv: z
      .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/))
      .max(32)
      .readonly(),
    trustsHints: z.boolean(),
  }),
  z.object({
    kind: z.literal('http'),
    name: serverName,
    url: plainAddress.refine((address) => /^https:|^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(address), {
      message: 'https, or http on this computer',
    }),
    /** The person believes the server when it says that a tool only reads. */
    trustsHints: z.boolean(),
  }),
])

export type McpServer = z.infer<typeof mcpServerSchema>

const efforts = ['', 'low', 'medium', 'high', 'xhigh'] as const
const leastUsd = 0.01
const mostUsd = 10_000
const folderName = z.string().min(1).max(4_096)
const hostName = z.string().min(1).max(260)

/** Among `toolsOff`: all of them are off, since which ones were meant can't be read. */
export const everyTool = '*'

/** `22:00`, by the clock on the wall. */
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)

const fields = {
  endpoint: endpointSchema,
  /** Of long tasks; empty for the endpoint's own default. */
  agentModel: z.string().max(128),
  /** Of the built-in voice: a model server on this computer that the person named; empty for none. */
  localModel: z.union([z.literal(''), z.string().regex(localAddress)]),
  /** Which of that server’s models; empty for its first that can talk. */
  localModelName: z.string().max(300),
  /** Empty: the endpoint's own default. */
  voice: z.string().max(64),
  /** The service's range; 1 is the voice's own. */
  speed: z.number().min(0.25).max(1.5),
  /** What the person speaks, ISO-639-1; none: the service finds it out. */
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .max(8)
    .readonly(),
  /** Names and words that whatever reads the person's words could not know. */
  keywords: z.array(z.string().trim().min(1).max(64)).max(64).readonly(),
  /** Of what reads the person's words; empty for the endpoint's own default. */
  transcriptionModel: z.string().max(128),
  /** Of the microphone's sound, by the service: for one at the mouth, for one across the desk or room. */
  noiseReduction: z.enum(['off', 'near', 'far']),
  /** How hard the models think; empty for their own default. */
  voiceEffort: z.enum([...efforts, 'minimal']),
  agentEffort: z.enum(efforts),
  /** The service itself may search the web for the agent. */
  webSearch: z.boolean(),
  instructions: z.string().max(16_000),
  /** Who decides that a turn has ended: the meaning of the words, the silence, or the key. */
  turnMode: z.enum(['semantic', 'server', 'manual']),
  /** Of the semantic mode: how soon a pause is taken for the end. */
  eagerness: z.enum(['low', 'medium', 'high', 'auto']),
  /** Names as the system gives them, null for the system's default. */
  inputDevice: z.string().max(256).nullable(),
  outputDevice: z.string().max(256).nullable(),
  /** How loud the voice is, percent of what the service sends. */
  outputVolume: z.number().int().min(0).max(100),
  /** Whether the voice's echo is taken out of the microphone's sound here, and the noise around. */
  echo: z.enum(['automatic', 'on', 'off']),
  suppressesNoise: z.boolean(),
  /** What hands-free sends: only speech, judged here; everything; or as the service costs money or not. */
  sends: z.enum(['automatic', 'speech', 'everything']),
  /** Where no key is held: it listens only when it was called. */
  byName: z.boolean(),
  /** What it is called by. */
  phrase: phraseText,
  /** Called, it stays open for more for so long. */
  staysOpenSeconds: z.number().int().min(3).max(60),
  /** The talk key outside the window, as Electron's accelerators are written; empty for none. */
  talkKey: z.string().max(64),
  startAtLogin: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
  /** In which the window, the tray and the menus are written. */
  windowLanguage: z.enum(languageChoices),
  /** US dollars that a day may cost, null for no limit. */
  dailyLimitUsd: z.number().min(leastUsd).max(mostUsd).nullable(),
  /** Models, as prices name them, that the person uses although the limit can't be kept with them. */
  unpricedModels: z.array(z.string().min(1).max(400)).max(64).readonly(),
  /** What the agent found is spoken at the next quiet moment, or only shown. */
  results: z.enum(['speak', 'show']),
  /** Absolute paths of the folders that tools may see. */
  grantedFolders: z.array(folderName).max(32).readonly(),
  mcpServers: z.array(mcpServerSchema).max(32).readonly(),
  /** Keys of tools that are off until they are chosen (main/agent/switches.ts), and of those that were switched off. */
  toolsOn: z.array(z.string().max(160)).max(1_024).readonly(),
  toolsOff: z.array(z.string().max(160)).max(1_024).readonly(),
  /** Absolute path; empty for `notes.md` in the data folder. */
  notesFile: z.string().max(4_096),
  /** Hosts of the person's own network that pages may be read from, as `host` or `host:port`. */
  privateHosts: z.array(hostName).max(32).readonly(),
  /** How this computer's own network is left: as the environment or the system says, straight, or by a proxy's address. */
  proxy: proxyChoice,
  /** The door for paired devices on the local network is open. */
  otherDevices: z.boolean(),
  /** Keys in what the person says or types are masked before it is stored. */
  hideKeys: z.boolean(),
  /** Days after its last use, after which a conversation is deleted for good; `session`: when Parley ends. */
  keepsConversations: z.union([z.literal('ever'), z.literal('session'), z.number().int().min(1).max(3_650)]),
  /** Of all text in the window, percent of the system's. */
  textSize: z.number().min(75).max(200),
  /** Rows stand closer. */
  compact: z.boolean(),
  /** Typed words are looked at for slips. Except on macOS that fetches a dictionary once. */
  checksSpelling: z.boolean(),
  /** A screen reader is told what is said, also what one hears anyway. */
  announcesWords: z.boolean(),
  /** The person has been through the first steps. */
  isSetUp: z.boolean(),
  /** Other programs' sound is turned down while somebody speaks. */
  lowersOthers: z.boolean(),
  /** A small bar over all windows while something goes on. */
  showsBar: z.boolean(),
  /** What closing the window does on a desktop without a tray. */
  withoutTray: z.enum(['ask', 'minimise', 'quit']),
  /** No notifications between these times of the day, `22:00`; null: at any time. */
  quietHours: z.object({ from: timeOfDay, to: timeOfDay }).nullable(),
  /** It was said once that closing the window leaves Parley in the tray. */
  knowsTray: z.boolean(),
}

export const settingsSchema = z.object(fields)
export type Settings = z.infer<typeof settingsSchema>

export interface SettingsRead {
  settings: Settings
  /** Names of fields whose value was refused, as a whole or in a part; they stand on the safe side. */
  refused: string[]
  /** Fields that this version does not know, kept for the one that does. Those that hold a secret are left out. */
  unknown: Record<string, unknown>
}

const listOf =
  (entry: z.ZodType, most: number) =>
  (given: unknown): unknown[] =>
    Array.isArray(given)
      ? given
          .flatMap((one) => {
            const read = entry.safeParse(one)
            return read.success ? [read.data] : []
          })
          .slice(0, most)
      : []

const toolKeys = listOf(z.string().max(160), 1_024)

/** Where the default of a field would allow more than the person did, what a value that can't be used stands for. */
const onTheSafeSide: Readonly<Record<string, (given: unknown) => unknown>> = {
  dailyLimitUsd(given) {
    const usd = typeof given === 'string' ? Number(given.trim() || Number.NaN) : given
    // No sum can be read in it: nothing is spent before the person says how much may be.
    return typeof usd === 'number' && usd > 0 ? Math.min(Math.max(usd, leastUsd), mostUsd) : leastUsd
  },
  turnMode: () => 'manual',
  toolsOn: toolKeys,
  toolsOff: (given) => (Array.isArray(given) ? toolKeys(given) : [everyTool]),
  grantedFolders: listOf(folderName, 32),
  mcpServers: listOf(mcpServerSchema, 32),
  privateHosts: listOf(hostName, 32),
  unpricedModels: listOf(z.string().min(1).max(400), 64),
}

/** @returns null when `stored` is no object at all. Each field stands for itself: a bad one does not spoil the others. */
export function readSettings(stored: unknown): SettingsRead | null {
  const given = z.record(z.string(), z.unknown()).transform(withLanguages).safeParse(stored)
  if (!given.success) return null
  const refused: string[] = []
  const defaults: Settings = defaultSettings
  const settings: Record<string, unknown> = { ...defaults }
  for (const [name, schema] of Object.entries(fields)) {
    if (!(name in given.data)) continue
    const read = schema.safeParse(given.data[name])
    if (read.success) settings[name] = read.data
    else {
      refused.push(name)
      if (name in onTheSafeSide) settings[name] = onTheSafeSide[name]?.(given.data[name])
    }
  }
  const unknown = Object.entries(given.data).filter(([name, value]) => !(name in fields) && !holdsSecret(value))
  return { settings: settingsSchema.parse(settings), refused, unknown: Object.fromEntries(unknown) }
}

/** There was one language before, English where nobody had chosen: that is no choice. */
function withLanguages({ language, ...stored }: Record<string, unknown>): Record<string, unknown> {
  return typeof language === 'string' && language !== 'en' ? { languages: [language], ...stored } : stored
}

/** Whether something in it looks like a key of a service (`sk-…`, `ghp_…`), at any depth. */
export const holdsSecret = holdsKey
