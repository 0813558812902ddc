// The model of this computer that the built-in voice asks: which one is named, and whether it answers. The engine asks it and
// tells (net/embedded.ts); here nothing is asked, but when a person has it looked for.
import { createEmitter } from '../core/emitter.ts'
import type { LocalModels, ModelView } from '../core/local-models.ts'
import type { Settings } from '../core/settings.ts'
import { findLocalModels, type Place } from './net/local-models.ts'
import type { Undo } from './ports.ts'

export interface NamedModel {
  /** Empty for none. */
  address: string
  /** Empty for the first one there that can talk. */
  model: string
}

export interface LocalModel {
  named(): NamedModel
  /** @returns whether another one is named now */
  follow(settings: Settings): boolean
  /** What the engine told. */
  answers(found: { name: string; port: number }): void
  falls(): void
  view(): ModelView
  onView(listen: () => void): Undo
  /** A sentence for people, each time that another one answers. */
  onFound(listen: (message: string) => void): Undo
  /** Never rejects. */
  find(): Promise<LocalModels[]>
}

/** By the settings, else by the environment. */
export function namedModel(
  { localModel, localModelName }: Settings,
  env: Readonly<Record<string, string | undefined>>,
): NamedModel {
  return localModel === ''
    ? { address: env['PARLEY_LOCAL_MODEL'] ?? '', model: env['PARLEY_LOCAL_MODEL_NAME'] ?? '' }
    : { address: localModel, model: localModelName }
}

/** @param opts `places`: where is looked, in place of the usual ports */
export function createLocalModel(opts: {
  env: Readonly<Record<string, string | undefined>>
  places?: readonly Place[] | undefined
}): LocalModel {
  const events = createEmitter<{ view: null; found: string }>()
  let named: NamedModel = { address: '', model: '' }
  let view: ModelView = { type: 'none' }
  const show = (next: ModelView): void => {
    view = next
    events.emit('view', null)
  }
  return {
    named: () => named,
    follow(settings) {
      const next = namedModel(settings, opts.env)
      if (next.address === named.address && next.model === named.model) return false
      named = next
      show({ type: next.address === '' ? 'none' : 'waiting' })
      return true
    },
    answers({ name, port }) {
      show({ type: 'answers', name, port })
      events.emit('found', `The built-in voice now asks the model “${name}” at port ${port} of this computer.`)
    },
    falls: () => show({ type: 'silent' }),
    view: () => view,
    onView: (listen) => events.on('view', listen),
    onFound: (listen) => events.on('found', listen),
    find: () => findLocalModels(fetch, opts.places),
  }
}
