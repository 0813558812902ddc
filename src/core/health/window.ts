// The health of the line over the last minutes, as the window shows it: a bounded series of round trips and the counts
// beside it. Pure; main/app/monitor.ts takes the samples. Times are wall clock, milliseconds.

import type { EchoView } from '../audio/echo-view.ts'
import type { ContextView } from '../conversation/budget.ts'
import type { Loss } from '../losses.ts'
import { nothingSent, type SentToday } from './sent-today.ts'

export interface RoundTrip {
  atMs: number
  roundTripMs: number
}

export interface Restored {
  atMs: number
  /** Items that the session acknowledged. */
  items: number
  /** Items that it refused, and older ones that did not fit. */
  refused: number
  leftOut: number
}

export interface Break {
  atMs: number
  /** As the system or the service named it. */
  cause: string
}

export interface HealthView {
  /** The last five minutes, oldest first. */
  roundTrips: readonly RoundTrip[]
  sentFrames: number
  droppedFrames: number
  /** The person's sound that waits for the line. */
  heldMs: number
  /** Sound waiting to be played. */
  queuedMs: number
  underruns: number
  /** How much of an answer must be there before it is played: as much as its pieces have come late. */
  playBufferMs: number
  /** Of the voice's sound, too much to be kept. */
  notPlayedMs: number
  /** Of the voice in the microphone; null while no sound process has told. */
  echo: EchoView | null
  /** Times that the line broke and was made again. */
  reconnects: number
  /** Times that a session was handed over to the next without a break. */
  handOvers: number
  unknownEvents: number
  brokenEvents: number
  /** Why events were dropped or not used whole, over this line. */
  losses: readonly Loss[]
  /** The same of what came for tasks, over this conversation. */
  work: Pick<HealthView, 'unknownEvents' | 'brokenEvents' | 'losses'>
  restored: Restored | null
  /** When the service was last heard of, null when it never was. */
  lastEventMs: number | null
  /** Host and port of the proxy that the line goes through, null for none. */
  proxy: string | null
  /** Handed to the socket and not yet on the network. */
  bufferedBytes: number
  /** How long the person was without a line since midnight, the break that goes on included. */
  outageMsToday: number
  /** The newest breaks, oldest first. */
  breaks: readonly Break[]
  /** How full the model's memory is; null while there is no line. */
  context: ContextView | null
  sentToday: SentToday
}

export const noHealth: HealthView = {
  roundTrips: [],
  sentFrames: 0,
  droppedFrames: 0,
  heldMs: 0,
  queuedMs: 0,
  underruns: 0,
  playBufferMs: 0,
  notPlayedMs: 0,
  echo: null,
  reconnects: 0,
  handOvers: 0,
  unknownEvents: 0,
  brokenEvents: 0,
  losses: [],
  work: { unknownEvents: 0, brokenEvents: 0, losses: [] },
  restored: null,
  lastEventMs: null,
  proxy: null,
  bufferedBytes: 0,
  outageMsToday: 0,
  breaks: [],
  context: null,
  sentToday: nothingSent,
}

export const windowMs = 5 * 60_000
const mostSamples = 600
export const mostBreaks = 8

/** The series with one more sample, without what is too old. */
export function withRoundTrip(series: readonly RoundTrip[], sample: RoundTrip): RoundTrip[] {
  return [...series, sample].filter(({ atMs }) => sample.atMs - atMs <= windowMs).slice(-mostSamples)
}

/** The median of the newest samples, null when there is none. */
export function roundTripMs(series: readonly RoundTrip[], newest = 9): number | null {
  return medianOf(series.slice(-newest).map((sample) => sample.roundTripMs))
}

/** The median step between neighbouring samples, so that one late answer is no unsteady line; null below two. */
export function jitterMs(series: readonly RoundTrip[], newest = 20): number | null {
  const last = series.slice(-newest)
  return medianOf(last.slice(1).map((sample, at) => Math.abs(sample.roundTripMs - (last[at]?.roundTripMs ?? 0))))
}

function medianOf(values: readonly number[]): number | null {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? null
}
