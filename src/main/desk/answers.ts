// What each request of the contract does. One entry a request; the argument has passed its schema.
import type { Answers, ArgumentOf, KeyView, RequestName, Trial } from '../../core/ipc.ts'
import { noHolds } from '../../core/conversation/holds.ts'
import { emptyConversation } from '../../core/conversation/reduce.ts'
import { hideKeys } from '../../core/secrets.ts'
import type { Settings } from '../../core/settings.ts'
import { voiceRequest } from '../net/endpoint.ts'
import { addressOf } from './address.ts'
import { gatherDiagnostics } from './diagnostics.ts'
import { listPart, newestPart, partBefore } from './pages.ts'
import { DeskError } from './reply.ts'
import type { DeskOpts, Table } from './table.ts'
import { testTone } from './tone.ts'
import { createToolAnswers } from './tool-answers.ts'
import { createToolServerAnswers } from './tool-server-answers.ts'
import { tryService } from './try-service.ts'
import { keyNameOf, turnModeFor } from './voice-config.ts'

type AnswerTable = { [Name in RequestName]: (argument: ArgumentOf<Name>) => Promise<Answers[Name]> }

export function createAnswers(opts: DeskOpts, table: Table): AnswerTable {
  const { settings, secrets } = opts
  const { current, shelf, sound } = table
  let tones = 0

  async function keys(): Promise<KeyView> {
    const held = await Promise.all(
      (['openai', 'compatible'] as const).map(async (service) => {
        const name = keyNameFor(service)
        return name !== null && (await secrets.get(name)) !== null ? [service] : []
      }),
    )
    return { keeping: await secrets.keeping(), held: held.flat() }
  }

  /** Of another server the key goes with the server's name, which the settings hold. */
  function keyNameFor(service: 'openai' | 'compatible'): string | null {
    const { endpoint } = settings.current()
    if (service === 'openai') return 'openai'
    return endpoint.kind === 'compatible' ? keyNameOf(endpoint) : null
  }

  async function tellKeys(service: 'openai' | 'compatible'): Promise<KeyView> {
    const view = await keys()
    table.tell({ type: 'keys', keys: view })
    if (settings.current().endpoint.kind === service) await table.reconnect()
    return view
  }

  async function change(some: Partial<Settings>): Promise<Settings> {
    const before = settings.current()
    const after = await settings.change(some)
    table.tell({ type: 'settings', settings: after })
    await table.applySettings(before, after)
    return after
  }

  async function trySpeaker(): Promise<Trial> {
    const view = await sound.openSpeaker()
    if (view.type === 'missing') return { ok: false, message: view.message }
    const item = `tone ${++tones}`
    sound.speaker.play(item, testTone())
    sound.speaker.finish(item)
    await sound.speaker.drained()
    return { ok: true, message: 'You should have heard two notes.' }
  }

  async function tryMicrophone(on: boolean): Promise<Trial> {
    sound.tryMicrophone(on)
    if (!on) {
      if (!settings.current().isSetUp) await sound.closeMicrophone()
      return { ok: true, message: 'The microphone test has ended.' }
    }
    const view = await sound.openMicrophone()
    return view.type === 'missing'
      ? { ok: false, message: view.message }
      : { ok: true, message: 'Say something: the bar moves when you are heard.' }
  }

  const conversation = (): Answers['snapshot'] => newestPart(current.conversation() ?? emptyConversation)

  return {
    look: async () => ({
      version: opts.version,
      shell: opts.shell,
      conversation: conversation(),
      state: table.state(),
      settings: settings.current(),
      ...listPart(shelf.entries(), null),
      health: table.monitor.view(),
      keys: await keys(),
      tasks: [...(current.companion()?.tasks() ?? [])],
      approvals: [...(current.companion()?.approvals() ?? [])],
      spending: opts.spending.view(),
    }),
    snapshot: () => Promise.resolve(conversation()),
    earlier({ before, through }) {
      const part = partBefore(current.conversation() ?? emptyConversation, before, through)
      if (part === null) throw new DeskError('missing', 'This conversation is another one by now.')
      return Promise.resolve(part)
    },
    list: ({ after }) => Promise.resolve(listPart(shelf.entries(), after)),
    async say({ text, asTyped }) {
      const companion = current.companion()
      if (!companion) throw new DeskError('refused', 'There is no conversation open. Choose one or begin a new one.')
      // Masked before the service is given it, not only before it is stored.
      const isKept = asTyped === true || !settings.current().hideKeys
      await companion.say(isKept ? text : hideKeys(text).text, asTyped)
      return null
    },
    talk({ edge, handMs }) {
      const { microphone } = table.state()
      if (edge === 'down' && microphone.type === 'missing') throw new DeskError('refused', microphone.message)
      table.talk.edge(edge, handMs)
      return done()
    },
    async hush() {
      await current.companion()?.hush()
      return null
    },
    'cancel-task'({ task }) {
      current.companion()?.cancelTask(task)
      return done()
    },
    approve({ approval, digest, approved }) {
      if (current.companion()?.approve(approval, digest, approved) !== true)
        throw new DeskError('missing', 'This question is not open any more: nothing was done.')
      return done()
    },
    'approval-moved'() {
      current.companion()?.approvalMoved()
      return done()
    },
    'retry-task'({ task }) {
      current.companion()?.retryTask(task)
      return done()
    },
    mute({ muted }) {
      table.mute(muted)
      return done()
    },
    async mode({ mode }) {
      await change({ turnMode: turnModeFor(mode, settings.current()) })
      return null
    },
    async retry() {
      await table.retry()
      return null
    },
    async 'take-back'() {
      if ((await current.companion()?.takeBack()) !== true)
        throw new DeskError('refused', 'Nothing has been said that could be taken back.')
      return null
    },
    async 'put-back'() {
      if ((await current.companion()?.putBack()) !== true)
        throw new DeskError('refused', 'Something has been said since, so that this can’t be put back any more.')
      return null
    },
    async 'drop-draft'() {
      await current.companion()?.dropDraft()
      return null
    },
    holds: () => Promise.resolve(current.companion()?.holds() ?? noHolds),
    async prove() {
      opts.workshop.reach()
      await table.prove()
      return null
    },
    async begin() {
      await table.goTo(null)
      return null
    },
    async open({ id }) {
      if (!shelf.entries().some((entry) => entry.id === id) && id !== current.id())
        throw new DeskError('missing', 'This conversation is not there any more.')
      await table.goTo(id)
      return null
    },
    async rename({ id, title }) {
      mustExist(id)
      await shelf.rename(id, title)
      return null
    },
    async remove({ id }) {
      const wasCurrent = id === current.id()
      if (wasCurrent) await current.stop()
      try {
        await shelf.remove(id)
      } finally {
        if (wasCurrent) await table.goOn()
      }
      return { current: current.id() ?? '' }
    },
    async restore({ id }) {
      await shelf.restore(id)
      return null
    },
    export({ id, format }) {
      mustExist(id)
      return shelf.export(id, format)
    },
    find: ({ text }) => shelf.find(text),
    settings: (some) => change(definedOf(some)),
    async devices() {
      const found = await opts.sound.devices()
      return {
        microphones: found.filter(({ inputChannels }) => inputChannels > 0).map(({ name }) => name),
        speakers: found.filter(({ outputChannels }) => outputChannels > 0).map(({ name }) => name),
      }
    },
    ...createToolAnswers({ workshop: opts.workshop, settings: () => settings.current(), change }),
    ...createToolServerAnswers({ workshop: opts.workshop, settings: () => settings.current(), change }),
    'try-microphone': ({ on }) => tryMicrophone(on),
    'try-speaker': trySpeaker,
    'try-service': () => {
      const { endpoint } = settings.current()
      if (endpoint.kind === 'embedded')
        return Promise.resolve({ ok: true, message: 'The built-in voice needs no key and no network.' })
      return tryService({
        clock: opts.clock,
        openSocket: opts.openSocket,
        request: async () => {
          const address = await addressOf(endpoint, secrets)
          if (address === null) throw new DeskError('failed', 'This service has no address.')
          return voiceRequest(address, endpoint.model)
        },
      })
    },
    happened: ({ fromMs, toMs }) => table.monitor.happened(fromMs, toMs),
    diagnostics: async () => gatherDiagnostics(opts, table, await keys()),
    async 'set-key'({ service, key, plain }) {
      const name = keyNameFor(service)
      if (name === null) throw new DeskError('invalid', 'Enter the address of the server first, then its key.')
      await secrets.set(name, key, plain)
      return tellKeys(service)
    },
    async 'remove-key'({ service }) {
      const name = keyNameFor(service)
      if (name !== null) await secrets.remove(name)
      return tellKeys(service)
    },
  }

  function mustExist(id: string): void {
    if (id !== current.id() && !shelf.entries().some((entry) => entry.id === id))
      throw new DeskError('missing', 'This conversation is not there any more.')
  }
}

const done = (): Promise<null> => Promise.resolve(null)

/** A field that was given as undefined is one that was not given. */
function definedOf(some: { [Name in keyof Settings]?: Settings[Name] | undefined }): Partial<Settings> {
  return Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined))
}
