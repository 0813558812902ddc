// From an open socket to a configured session, with what servers make of that: settings that they refuse are left out, one that
// says nothing of them is taken at its silence, and one that speaks another protocol is named. What was found is kept in the
// endpoint's dialect.
import { configureSession, type VoiceConfig } from '../../core/realtime/commands.ts'
import {
  leftOutOf,
  plainDialect,
  refusedField,
  withLeftOut,
  withoutFields,
  type Dialect,
} from '../../core/realtime/dialect.ts'
import type { ClientEventOf } from '../../core/realtime/events.ts'
import type { Form } from '../../core/realtime/forms.ts'
import type { HeardError, HeardEvent } from '../../core/realtime/wire-events.ts'
import type { Line } from '../net/link.ts'
import type { Clock, Undo } from '../ports.ts'

export interface DialectStore {
  get(): Dialect
  learn(found: Partial<Dialect>): void
}

export interface ConfiguringOpts {
  line: Pick<Line, 'fail' | 'ping' | 'progress'>
  clock: Clock
  config: () => VoiceConfig
  dialect: DialectStore
  /** A service that greets and confirms: one that does not is no longer there. */
  isKnown: boolean
  send: (event: ClientEventOf<'session.update'>) => void
  onForm: (form: Form) => void
  onConfigured: (session: string, expiresAtSeconds: number | null) => void
  notice: (message: string) => void
}

export interface Configuring {
  opened(): void
  follow(event: HeardEvent): void
  /** Something came that is none of the protocol's events. */
  strange(): void
  /** The settings were refused. @returns whether they go out again without what was named */
  refused(error: HeardError): boolean
  /** The server has everything that was sent before the ping of that mark. */
  proven(mark: number): void
  stop(): void
}

/** A server that greets nobody may wait for the settings. */
const greetsWithinMs = 2_000
/** And has nothing to say to them either. */
const saysNothingMs = 4_000
/** Settings are confirmed by then; the proof that they have arrived is asked for. */
const confirmsWithinMs = 2_000
const afterProofMs = 1_000

const anotherProtocol =
  'This server speaks another protocol than OpenAI’s Realtime. Choose another server, or its address for Realtime.'
const silent = 'The server took the line and said nothing. It may not speak the Realtime protocol.'

export function createConfiguring(opts: ConfiguringOpts): Configuring {
  const { line, clock, dialect } = opts
  let stage: 'opening' | 'configuring' | 'over' = 'opening'
  let session: { id: string; endsAt: number | null } = { id: '', endsAt: null }
  let settings: ClientEventOf<'session.update'> | null = null
  let mark: number | null = null
  let isStrange = false
  /** The refusal that has been dealt with. */
  let dealtWith: HeardError | null = null
  let undo: Undo = () => undefined
  let undoSilent: Undo = () => undefined

  function again(ms: number, act: () => void): void {
    undo()
    undo = clock.after(ms, () => {
      if (stage !== 'over') act()
    })
  }

  function configure(): void {
    stage = 'configuring'
    settings = withoutFields(settings ?? configureSession(opts.config()), dialect.get().leftOut)
    opts.send(settings)
    // Where nothing is confirmed, what comes next is sent once the settings have arrived.
    if (opts.isKnown) return
    if (dialect.get().confirms) again(confirmsWithinMs, prove)
    else prove()
  }

  function prove(): void {
    if (session.id === '') return
    line.progress()
    mark = line.ping()
  }

  function done(id: string, endsAt: number | null): void {
    stop()
    opts.onConfigured(id, endsAt)
  }

  function stop(): void {
    stage = 'over'
    undo()
    undoSilent()
  }

  return {
    opened() {
      if (opts.isKnown) return
      undo = clock.after(greetsWithinMs, () => {
        if (stage !== 'opening') return
        if (isStrange) line.fail({ type: 'fatal', remedy: 'address', message: anotherProtocol })
        else configure()
      })
      undoSilent = clock.after(saysNothingMs, () => {
        if (session.id !== '' || stage === 'over') return
        line.fail(
          isStrange ? { type: 'fatal', remedy: 'address', message: anotherProtocol } : { type: 'retry', cause: silent },
        )
      })
    },
    follow(event) {
      if (event.type === 'session.created' && stage !== 'over') {
        const { id = '', expires_at: endsAt = null, form = 'today' } = event.session
        session = { id: id === '' ? 'unnamed' : id, endsAt }
        opts.onForm(form)
        if (stage === 'opening') configure()
        return
      }
      if (event.type === 'session.updated' && stage === 'configuring')
        done(event.session.id ?? session.id, event.session.expires_at ?? session.endsAt)
      if (event.type === 'error' && event.error !== dealtWith && stage === 'configuring')
        line.fail({ type: 'retry', cause: event.error.message.slice(0, 200) })
    },
    strange() {
      if (session.id === '') isStrange = true
    },
    refused(error) {
      if (stage !== 'configuring' || settings === null) return false
      const field = refusedField(error, settings)
      if (field === null) return false
      dealtWith = error
      dialect.learn(withLeftOut(dialect.get(), leftOutOf(settings, field)))
      opts.notice(`This server does not take the setting “${field}”. It is left out; everything else is as you chose.`)
      configure()
      return true
    },
    proven(proof) {
      if (proof !== mark || stage !== 'configuring') return
      again(dialect.get().confirms ? afterProofMs : 0, () => {
        dialect.learn({ confirms: false })
        done(session.id, session.endsAt)
      })
    },
    stop,
  }
}

/** What was found of an endpoint, for the sessions of one conversation; with main/dialects.ts, of all. */
export function createDialectStore(isKnown: boolean): DialectStore {
  let dialect = plainDialect(isKnown)
  return {
    get: () => dialect,
    learn: (found) => void (dialect = { ...dialect, ...found }),
  }
}
