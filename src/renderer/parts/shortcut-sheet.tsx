// The sheet of shortcuts: which keys do what here.
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { shortcutGroups } from '../shortcuts.ts'
import { openOver } from '../view.ts'
import { Icon } from './icon.tsx'
import { Over } from './over.tsx'

export function ShortcutSheet() {
  const app = useApp()
  const { say } = useLanguage()
  const shell = useKnown((known) => known.shell)
  const settings = useKnown((known) => known.settings)
  const state = useKnown((known) => known.state)
  const close = (): void => openOver(app, null)
  return (
    <Over name="shortcuts" label={say('shortcuts.title')} onClose={close}>
      <header>
        <h2>{say('shortcuts.title')}</h2>
        <button type="button" class="plain" aria-label={say('shortcuts.close')} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <div class="shortcut-groups" tabIndex={0} role="group" aria-label={say('shortcuts.title')}>
        {shortcutGroups({ shell, settings, state }, say).map(({ title, shortcuts }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {shortcuts.map(({ keys, does }) => (
                <div key={does}>
                  <dt>{does}</dt>
                  <dd>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Over>
  )
}
