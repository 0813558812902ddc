// What has to be there before the app is made: compose-app.ts opens it and hands it over.
import type { Companion } from '../companion.ts'
import type { ComposeOpts } from '../compose.ts'
import type { Workshop } from '../agent/workshop.ts'
import type { Hearing } from '../audio/hearing.ts'
import type { Sound } from '../audio/sound.ts'
import type { Link } from '../link/link.ts'
import type { LocalModel } from '../local-model.ts'
import type { HealthJournal } from '../health/journal.ts'
import type { Address } from '../net/endpoint.ts'
import type { Clock, OpenSocket, Secrets, WayOut } from '../ports.ts'
import type { ConversationStore } from '../store/conversations.ts'
import type { Spending } from '../spending.ts'
import type { SettingsStore } from '../store/settings.ts'
import type { Troubles } from '../store/troubles.ts'
import type { ScreenSource } from '../../core/screen-source.ts'
import type { AppSoundOpts } from './sound.ts'

export interface Screens {
  /** Null: the system itself asks which. Rejects with a sentence where the system allows none. */
  list(): Promise<ScreenSource[] | null>
  /** For the next picture; null: the system asks. */
  choose(id: string | null): void
}

export interface AppOpts extends Pick<AppSoundOpts, 'silentSpeaker' | 'rests'> {
  /** The person's data folder. */
  folder: string
  version: string
  shell: 'electron' | 'browser'
  clock: Clock
  store: ConversationStore
  settings: SettingsStore
  secrets: Secrets
  sound: Sound
  openSocket: OpenSocket
  wayOut: WayOut
  /** What knows the phrase that Parley is called by. */
  hearing: Hearing
  /** What happened to the line, for a week. */
  journal: HealthJournal
  spending: Spending
  workshop: Workshop
  troubles: Troubles
  /** Ready to connect to what the settings name; of the built-in voice it starts the engine. */
  compose: (
    parts: Pick<
      ComposeOpts,
      | 'record'
      | 'microphone'
      | 'speaker'
      | 'config'
      | 'onlySpeech'
      | 'naming'
      | 'address'
      | 'endpoint'
      | 'openSocket'
      | 'work'
    >,
  ) => Companion
  newId: (prefix: string) => string
  /** Where the built-in voice answers; starts it if need be. */
  builtIn: () => Promise<Address>
  /** Other devices; absent: there is no door for them. */
  link?: Link
  /** The system's dialog for a folder. */
  pickFolder?: () => Promise<string | null>
  /** What pictures can be taken of; absent where the browser asks. */
  screens?: Screens
  /** The model of this computer that the built-in voice asks. */
  localModel: Pick<LocalModel, 'view' | 'onView' | 'onFound' | 'find'>
}
