// Of which window or screen a picture shall be taken: our own chooser, where the system has none.
import type { ScreenSource } from '../../core/screen-source.ts'
import { useApp, useLanguage } from '../hooks.ts'
import { chooseScreen } from '../pictures/take.ts'
import { Icon } from './icon.tsx'
import { Over } from './over.tsx'

export function ScreenChooser({ sources }: { sources: readonly ScreenSource[] }) {
  const app = useApp()
  const { say } = useLanguage()
  const close = (): void => app.screens.set(null)
  const kinds = (['screen', 'window'] as const).filter((kind) => sources.some((one) => one.kind === kind))
  return (
    <Over name="screen-chooser" label={say('picture.of')} onClose={close}>
      <header>
        <h2>{say('picture.of')}</h2>
        <button type="button" class="plain" aria-label={say('picture.cancel')} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {kinds.length === 0 && <p class="nothing">{say('picture.noScreens')}</p>}
      <div class="screen-lists">
        {kinds.map((kind) => (
          <section key={kind} aria-label={say(kind === 'screen' ? 'picture.screens' : 'picture.windows')}>
            <h3>{say(kind === 'screen' ? 'picture.screens' : 'picture.windows')}</h3>
            <ul>
              {sources
                .filter((one) => one.kind === kind)
                .map(({ id, name, thumbnail }) => (
                  <li key={id}>
                    <button type="button" class="screen" onClick={() => void chooseScreen(app, id)}>
                      {thumbnail !== null && <img src={thumbnail} alt="" />}
                      <span dir="auto">{name}</span>
                    </button>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Over>
  )
}
