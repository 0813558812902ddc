// What each request of the contract does. One entry a request; the argument has passed its schema.
import type { Answers, ArgumentOf, RequestName } from '../../core/ipc.ts'
import type { Trial } from '../../core/trial-views.ts'
import { noHolds } from '../../core/conversation/holds.ts'
import { emptyConversation } from '../../core/conversation/reduce.ts'
import { hideKeys } from '../../core/secrets.ts'
import type { Settings } from '../../core/settings.ts'
import { atHome } from '../home-path.ts'
import { createDataHandlers } from './data-handlers.ts'
import { gatherDiagnostics } from './diagnostics.ts'
import { createLinkHandlers } from './link-handlers.ts'
import { listPart, newestPart, partBefore } from './pages.ts'
import { withPatience } from './patience.ts'
import { createPictureHandlers, shownOf } from './picture-handlers.ts'
import type { Reader } from './reader.ts'
import { createReadingHandlers } from './reading-handlers.ts'
import { RefusedRequest } from './reply.ts'
import { createPhraseHandlers } from './phrase-handlers.ts'
import { createServiceHandlers } from './service-handlers.ts'
import type { AppOpts } from './app-opts.ts'
import type { AppParts } from './app-parts.ts'
import { testTone } from './tone.ts'
import { createToolHandlers } from './tool-handlers.ts'
import { createToolServerHandlers } from './tool-server-handlers.ts'
import { turnsFor } from './voice-config.ts'

type RequestHandlers = { [Name in RequestName]: (argument: ArgumentOf<Name>) => Promise<Answers[Name]> }

export function createHandlers(opts: AppOpts, parts: AppParts, reader: Reader): RequestHandlers {
  const { settings } = opts
  const { active, conversations, sound } = parts
  const { keys, ...serviceHandlers } = createServiceHandlers(opts, parts)
  let tones = 0

  async function change(some: Partial<Settings>): Promise<Settings> {
    const before = settings.current()
    const after = await settings.change(
      some.notesFile === undefined ? some : { ...some, notesFile: atHome(some.notesFile) },
    )
    parts.tell({ type: 'settings', settings: after })
    await parts.applySettings(before, after)
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

  const conversation = (): Answers['snapshot'] => newestPart(active.conversation() ?? emptyConversation)

  return {
    look: async () => ({
      version: opts.version,
      nowMs: opts.clock.nowMs(),
      shell: opts.shell,
      conversation: conversation(),
      state: parts.state(),
      settings: settings.current(),
      ...listPart(conversations.entries(), null),
      health: parts.monitor.view(),
      keys: await keys(),
      tasks: [...(active.companion()?.tasks() ?? [])],
      approvals: [...(active.companion()?.approvals() ?? [])],
      spending: opts.spending.view(),
    }),
    snapshot: () => Promise.resolve(conversation()),
    earlier({ before, through }) {
      const part = partBefore(active.conversation() ?? emptyConversation, before, through)
      if (part === null) throw new RefusedRequest('missing', 'This conversation is another one by now.')
      return Promise.resolve(part)
    },
    list: ({ after }) => Promise.resolve(listPart(conversations.entries(), after)),
    async say({ text, asTyped, pictures }) {
      const companion = active.companion()
      if (!companion)
        throw new RefusedRequest('refused', 'There is no conversation open. Choose one or begin a new one.')
      reader.stop(!active.isSpeaking())
      // Masked before the service is given it, not only before it is stored.
      const isKept = asTyped === true || !settings.current().hideKeys
      await withPatience(opts.clock, companion.say(isKept ? text : hideKeys(text).text, asTyped, shownOf(pictures)))
      return null
    },
    talk({ edge, handMs }) {
      const { microphone } = parts.state()
      if (edge === 'down' && microphone.type === 'missing') throw new RefusedRequest('refused', microphone.message)
      if (edge === 'down') reader.stop(!active.isSpeaking())
      parts.talk.edge(edge, handMs)
      return done()
    },
    async hush() {
      reader.stop(!active.isSpeaking())
      await active.companion()?.hush()
      return null
    },
    'cancel-task'({ task }) {
      active.companion()?.cancelTask(task)
      return done()
    },
    approve({ approval, digest, approved }) {
      if (active.companion()?.approve(approval, digest, approved) !== true)
        throw new RefusedRequest('missing', 'This question is not open any more: nothing was done.')
      return done()
    },
    'more-time'({ approval }) {
      if (active.companion()?.extendApproval(approval) !== true)
        throw new RefusedRequest('missing', 'This question is not open any more: nothing was done.')
      return done()
    },
    'approval-moved'() {
      active.companion()?.approvalMoved()
      return done()
    },
    'retry-task'({ task }) {
      active.companion()?.retryTask(task)
      return done()
    },
    mute({ muted }) {
      parts.mute(muted)
      return done()
    },
    async mode({ mode }) {
      await change(turnsFor(mode, settings.current()))
      return null
    },
    async retry() {
      await parts.retry()
      return null
    },
    async 'take-back'() {
      if ((await active.companion()?.takeBack()) !== true)
        throw new RefusedRequest('refused', 'Nothing has been said that could be taken back.')
      return null
    },
    async 'put-back'() {
      if ((await active.companion()?.putBack()) !== true)
        throw new RefusedRequest('refused', 'Something has been said since, so that this can’t be put back any more.')
      return null
    },
    async 'drop-draft'() {
      await active.companion()?.dropDraft()
      return null
    },
    holds: () => Promise.resolve(active.companion()?.holds() ?? noHolds),
    async prove() {
      opts.workshop.reach()
      await parts.prove()
      return null
    },
    async begin() {
      await parts.goTo(null)
      return null
    },
    async open({ id }) {
      if (!conversations.entries().some((entry) => entry.id === id) && id !== active.id())
        throw new RefusedRequest('missing', 'This conversation is not there any more.')
      await parts.goTo(id)
      return null
    },
    async rename({ id, title }) {
      mustExist(id)
      await conversations.rename(id, title)
      return null
    },
    async remove({ id }) {
      const wasCurrent = id === active.id()
      if (wasCurrent) await active.stop()
      try {
        await conversations.remove(id)
      } finally {
        if (wasCurrent) await parts.goOn()
      }
      return { current: active.id() ?? '' }
    },
    async restore({ id }) {
      await conversations.restore(id)
      return null
    },
    trash: () => opts.store.trashed(),
    async 'delete-for-good'({ id }) {
      await opts.store.deleteForGood(id)
      return opts.store.trashed()
    },
    async 'empty-trash'() {
      await opts.store.emptyTrash()
      return opts.store.trashed()
    },
    export({ id, format }) {
      mustExist(id)
      return conversations.export(id, format)
    },
    find: ({ text }) => conversations.find(text),
    troubles: () => Promise.resolve(opts.troubles.take()),
    settings: (some) => change(definedOf(some)),
    async 'set-price'({ model, price }) {
      await opts.spending.setPrice(model, price)
      return opts.spending.view()
    },
    async devices() {
      const found = await opts.sound.devices()
      return {
        microphones: found.filter(({ inputChannels }) => inputChannels > 0).map(({ name }) => name),
        speakers: found.filter(({ outputChannels }) => outputChannels > 0).map(({ name }) => name),
      }
    },
    ...serviceHandlers,
    ...createDataHandlers(opts, parts),
    ...createLinkHandlers(opts.link ?? null),
    ...createReadingHandlers(opts, parts, reader),
    async 'pick-folder'() {
      if (!opts.pickFolder)
        throw new RefusedRequest('refused', 'There is no such dialog here. Type the path of the folder.')
      return { path: await opts.pickFolder() }
    },
    ...createToolHandlers({ workshop: opts.workshop, settings: () => settings.current(), change }),
    ...createPictureHandlers(opts, parts),
    ...createToolServerHandlers({ workshop: opts.workshop, settings: () => settings.current(), change }),
    'try-microphone': ({ on }) => tryMicrophone(on),
    'try-speaker': trySpeaker,
    ...createPhraseHandlers(opts, parts),
    happened: ({ fromMs, toMs }) => parts.monitor.happened(fromMs, toMs),
    diagnostics: async () => gatherDiagnostics(opts, parts, await keys()),
  }

  function mustExist(id: string): void {
    if (id !== active.id() && !conversations.entries().some((entry) => entry.id === id))
      throw new RefusedRequest('missing', 'This conversation is not there any more.')
  }
}

const done = (): Promise<null> => Promise.resolve(null)

/** A field that was given as undefined is one that was not given. */
function definedOf(some: { [Name in keyof Settings]?: Settings[Name] | undefined }): Partial<Settings> {
  return Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined))
}
