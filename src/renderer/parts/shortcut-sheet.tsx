// The sheet of shortcuts: which keys do what here.
import { useApp, useKnown } from '../hooks.ts'
import { shortcutGroups } from '../shortcuts.ts'
import { openOver } from '../view.ts'
import { Icon } from './icon.tsx'
import { Over } from './over.tsx'

const words = { title: 'Keyboard shortcuts', close: 'Close the shortcuts' }

export function ShortcutSheet() {
  const app = useApp()
  const shell = useKnown((known) => known.shell)
  const settings = useKnown((known) => known.settings)
  const state = useKnown((known) => known.state)
  const close = (): void => openOver(app, null)
  return (
    <Over name="shortcuts" label={words.title} onClose={close}>
      <header>
        <h2>{words.title}</h2>
        <button type="button" class="plain" aria-label={words.close} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <div class="shortcut-groups" tabIndex={0} role="group" aria-label={words.title}>
        {shortcutGroups({ shell, settings, state }).map(({ title, shortcuts }) => (
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
