// The window: history beside the conversation, panels over it, and what holds everywhere (theme, keys, messages).
import { useEffect } from 'preact/hooks'
import { LanguageContext, useApp, useKnown, useLanguage, useRoom, useStore } from './hooks.ts'
import { useTalkKeys } from './keys.ts'
import { HealthPanel } from './panels/health.tsx'
import { HoldsPanel } from './panels/holds.tsx'
import { History } from './panels/history.tsx'
import type { PanelName } from './panels/panel-name.ts'
import { Panel } from './panels/panel.tsx'
import { SettingsPanel } from './panels/settings.tsx'
import { ToolsPanel } from './panels/tools.tsx'
import { Welcome } from './panels/welcome.tsx'
import { Announced } from './parts/announced.tsx'
import { languageOf } from './store.ts'
import { Captions } from './parts/captions.tsx'
import { DeviceAsks } from './parts/device-asks.tsx'
import { Dock } from './parts/dock.tsx'
import { Messages } from './parts/messages.tsx'
import { usePicturesFromOutside } from './parts/add-picture.tsx'
import { ScreenChooser } from './parts/screen-chooser.tsx'
import { LargePicture } from './parts/shown-pictures.tsx'
import { Palette } from './parts/palette.tsx'
import { ShortcutSheet } from './parts/shortcut-sheet.tsx'
import { SkipLinks } from './parts/skip-links.tsx'
import { TopBar } from './parts/top-bar.tsx'
import { Trouble } from './parts/trouble.tsx'
import { Work } from './parts/work.tsx'
import { openPanel, togglePanel } from './view.ts'

/** From here on the history stands beside the conversation, in rem. */
const wideRem = 56.25

export function Window() {
  const language = useKnown(languageOf)
  useEffect(() => {
    document.documentElement.lang = language.locale
    document.documentElement.dir = language.direction
  }, [language])
  return (
    <LanguageContext.Provider value={language}>
      <Whole />
    </LanguageContext.Provider>
  )
}

function Whole() {
  const { say } = useLanguage()
  const reach = useKnown((known) => known.reach)
  const isSetUp = useKnown((known) => known.settings.isSetUp)
  const theme = useKnown((known) => known.settings.theme)
  const title = useKnown((known) => known.conversation.title)
  const app = useApp()
  const { panel, over } = useStore(app.view)
  const setPanel = (name: PanelName | null): void => openPanel(app, name)
  const isWide = useRoom(wideRem)
  const close = (): void => setPanel(null)
  useTheme(theme)
  useReading()
  useTalkKeys(app)
  useEffect(() => {
    document.title = title === '' ? 'Parley' : `${title} – Parley`
  }, [title])

  if (reach === 'connecting') return <p class="starting">{say('window.starting')}</p>
  if (reach === 'uninvited')
    return (
      <p class="starting" role="alert">
        {say('window.uninvited')}
      </p>
    )
  if (!isSetUp) return <Welcome />
  return (
    <div class="window">
      <SkipLinks />
      {isWide && (
        <nav class="sidebar" aria-label={say('window.conversations')}>
          <History onChosen={close} />
        </nav>
      )}
      <div class="stage">
        <TopBar isWide={isWide} panel={panel} onOpen={(name) => togglePanel(app, name)} />
        <main class="talkroom">
          <Trouble onOpenSettings={() => setPanel('settings')} />
          {panel !== 'settings' && <DeviceAsks />}
          <Messages />
          <div class="room">
            <Captions />
            <Work />
          </div>
          <Dock />
        </main>
      </div>
      {panel === 'history' && !isWide && (
        <Panel
          key="history"
          title={say('window.conversations')}
          closing={say('window.closeConversations')}
          side="left"
          onClose={close}
        >
          <History onChosen={close} />
        </Panel>
      )}
      {panel === 'health' && (
        <Panel
          key="health"
          title={say('window.connection')}
          closing={say('window.closeConnection')}
          side="right"
          onClose={close}
        >
          <HealthPanel onHolds={() => setPanel('holds')} />
        </Panel>
      )}
      {panel === 'holds' && (
        <Panel
          key="holds"
          title={say('window.holds')}
          closing={say('window.closeHolds')}
          side="right"
          onClose={() => setPanel('health')}
        >
          <HoldsPanel />
        </Panel>
      )}
      {panel === 'settings' && (
        <Panel
          key="settings"
          title={say('window.settings')}
          closing={say('window.closeSettings')}
          side="right"
          onClose={close}
        >
          <SettingsPanel onTools={() => setPanel('tools')} />
        </Panel>
      )}
      {panel === 'tools' && (
        <Panel
          key="tools"
          title={say('window.tools')}
          closing={say('window.closeTools')}
          side="right"
          onClose={() => setPanel('settings')}
        >
          <ToolsPanel />
        </Panel>
      )}
      <Pictures />
      {over === 'palette' && <Palette />}
      {over === 'shortcuts' && <ShortcutSheet />}
      <Announced />
    </div>
  )
}

/** What comes from outside, and what lies over everything while one looks at a picture or takes one. */
function Pictures() {
  const app = useApp()
  const { say } = useLanguage()
  const picture = useStore(app.picture)
  const screens = useStore(app.screens)
  const isOver = usePicturesFromOutside()
  return (
    <>
      {isOver && <p class="drop-here">{say('picture.drop')}</p>}
      {screens !== null && <ScreenChooser sources={screens} />}
      {picture !== null && <LargePicture picture={picture} />}
    </>
  )
}

/** How large the text is, and how close rows stand. */
function useReading(): void {
  const textSize = useKnown((known) => known.settings.textSize)
  const compact = useKnown((known) => known.settings.compact)
  useEffect(() => {
    document.documentElement.style.fontSize = `${textSize}%`
    document.documentElement.toggleAttribute('data-compact', compact)
  }, [textSize, compact])
}

function useTheme(theme: 'system' | 'light' | 'dark'): void {
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
}
