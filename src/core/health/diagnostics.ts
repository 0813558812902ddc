// The file that a person sends along when something does not work: what Parley is, how it is set and what happened to the
// line. No key, no sound, no word of a conversation, no name of a device and no instruction. Pure.
import type { LineView } from '../views.ts'
import { wordsOfLosses } from '../losses.ts'
import type { Settings } from '../settings.ts'
import { describeEvent, type HealthEvent } from './entry.ts'
import { withoutSecrets } from './secrets.ts'
import { languageFor } from '../language/language.ts'
import { judgeHealth } from './verdict.ts'
import { jitterMs, roundTripMs, type HealthView } from './window.ts'

export interface DiagnosticFacts {
  nowMs: number
  /** Names and versions of what Parley runs on. */
  versions: Record<string, string>
  settings: Settings
  /** Services that have a key, and where a key would be kept. */
  keys: { held: readonly string[]; keeping: string }
  line: LineView
  health: HealthView
  microphone: string
  speaker: string
  conversations: number
  /** Of the last days, oldest first. */
  events: readonly HealthEvent[]
}

const mostEvents = 1_000

export function writeDiagnostics(facts: DiagnosticFacts): { name: string; text: string } {
  const { settings, health, line, keys } = facts
  const verdict = judgeHealth(line, health, facts.nowMs, languageFor('en', []))
  const trip = roundTripMs(health.roundTrips)
  const events = facts.events.slice(-mostEvents)
  const sections: [title: string, rows: [what: string, how: string | number][]][] = [
    ['Versions', Object.entries(facts.versions)],
    [
      'Settings',
      [
        ['service', serviceOf(settings)],
        ['model', settings.endpoint.model],
        ['keys', keys.held.length === 0 ? 'none' : keys.held.join(', ')],
        ['keys are kept', keys.keeping],
        ['voice', settings.voice === '' ? 'the service’s own' : settings.voice],
        ['speed', settings.speed],
        ['languages', settings.languages.join(', ') || 'recognised'],
        ['turns end', `${settings.turnMode}, ${settings.eagerness}`],
        ['instructions', settings.instructions === '' ? 'none' : `${settings.instructions.length} characters`],
        ['microphone', `${settings.inputDevice === null ? 'the default one' : 'a chosen one'}, ${facts.microphone}`],
        ['speaker', `${settings.outputDevice === null ? 'the default one' : 'a chosen one'}, ${facts.speaker}`],
        ['talk key', settings.talkKey],
      ],
    ],
    [
      'Line now',
      [
        ['verdict', verdict.summary],
        ['state', line.type],
        ['way out', health.proxy === null ? 'straight' : 'by a proxy'],
        ['round trip', trip === null ? 'not measured' : `${Math.round(trip)} ms`],
        ['jitter', `${Math.round(jitterMs(health.roundTrips) ?? 0)} ms`],
        ['frames sent', health.sentFrames],
        ['frames dropped', health.droppedFrames],
        ['voice waiting', `${health.heldMs} ms`],
        ['bytes in the socket', health.bufferedBytes],
        ['under-runs', health.underruns],
        ['playback buffer', `${health.playBufferMs} ms`],
        ['voice not played', `${health.notPlayedMs} ms`],
        ['reconnects', health.reconnects],
        ['hand-overs', health.handOvers],
        ['without a line today', `${Math.round(health.outageMsToday / 1000)} s`],
        ['unknown and broken events', `${health.unknownEvents}, ${health.brokenEvents}`],
        ['left out of what the service sent', wordsOfLosses(health.losses).join('; ') || 'nothing'],
        ['unknown and broken events of tasks', `${health.work.unknownEvents}, ${health.work.brokenEvents}`],
        ['left out of what was sent for tasks', wordsOfLosses(health.work.losses).join('; ') || 'nothing'],
        ['conversations', facts.conversations],
      ],
    ],
  ]
  const tables = sections.map(
    ([title, rows]) => `## ${title}\n\n${rows.map(([what, how]) => `- ${what}: ${how}\n`).join('')}`,
  )
  const told = events.map((event) => `- ${new Date(event.atMs).toISOString()} ${describeEvent(event)}\n`)
  const text = [
    '# Parley diagnostics\n',
    `${new Date(facts.nowMs).toISOString()}\n`,
    ...tables,
    `## What happened to the line\n\n${told.length === 0 ? 'Nothing is recorded.\n' : told.join('')}`,
  ].join('\n')
  const day = new Date(facts.nowMs).toISOString().slice(0, 10)
  return { name: `parley-diagnostics-${day}.md`, text: withoutSecrets(text) }
}

/** Of another server the host alone: a path may hold an account's name. */
function serviceOf({ endpoint }: Settings): string {
  return endpoint.kind === 'compatible' ? `compatible (${new URL(endpoint.baseUrl).host})` : endpoint.kind
}
