// What a window is told of once when it looks: what is wrong with the person's files, and an error that ended Parley before, each
// with the button that goes on from there.
import type { Bridge } from '../core/ipc.ts'
import { languageOf, type Known, type Store } from './store.ts'
import { openPanel, type View } from './view.ts'

/** As much of the app as is wanted here. */
interface Teller {
  store: Store<Known>
  view: Store<View>
  ask: Bridge['ask']
  note: (text: string) => void
}

type Offer = (text: string, button: string, act: () => void) => void

export async function tellTroubles(app: Teller, offer: Offer): Promise<void> {
  const { say, told } = languageOf(app.store.value())
  const untold = await app.ask('troubles', null)
  // As one, so that none of them makes room for another.
  if (untold.ok && untold.value.length > 0)
    offer(untold.value.map(told).join(' '), say('data.checkAndMend'), () => void mend(app))
  const ended = await app.ask('crashes', { which: 'new' })
  if (ended.ok && ended.value.length > 0)
    offer(say('data.ended'), say('data.lookAtReport'), () => openPanel(app, 'settings', 'data'))
}

/** Everything that is kept is looked at and mended; what came of it is said. */
async function mend(app: Teller): Promise<void> {
  const checked = await app.ask('check-files', { repair: true })
  if (!checked.ok) return
  const { say } = languageOf(app.store.value())
  app.note(say('data.checked', { total: checked.value.looked, count: checked.value.found.length }))
  openPanel(app, 'settings', 'data')
}
