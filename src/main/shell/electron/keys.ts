// The talk key outside the window, joined to the app.
import { globalShortcut, systemPreferences } from 'electron'
import { systemClock } from '../../clock.ts'
import type { App } from '../../app/app.ts'
import { startPortalLater } from '../portal-later.ts'
import { createTalkKey, type TalkKey } from '../talk-key.ts'
import { routeFor } from '../talk-key-route.ts'
import { startTalkKeyProcess } from './processes.ts'

export function listenToKeys(app: App): TalkKey {
  const { platform, env } = process
  const talkKey = createTalkKey({
    clock: systemClock,
    // Asked without a prompt: the person is told where to allow it.
    route: () =>
      routeFor({
        platform,
        env,
        isAllowed: platform !== 'darwin' || systemPreferences.isTrustedAccessibilityClient(false),
      }),
    startListener: startTalkKeyProcess,
    startPortal: startPortalLater,
    shortcuts: {
      register: (keys, act) => globalShortcut.register(keys, act),
      unregister: (keys) => globalShortcut.unregister(keys),
    },
  })
  talkKey.on('view', (view) => app.setTalkKey(view))
  talkKey.on('edge', ({ edge, handMs }) => app.talk(edge, handMs))
  talkKey.on('escape', () => {
    if (app.state().presence === 'speaking') void app.answer('hush', null)
  })
  return talkKey
}
