// The window: history beside the conversation, panels over it, and what holds everywhere (theme, keys, messages).
import { useEffect, useState } from 'preact/hooks'
import { LanguageContext, useApp, useKnown, useLanguage, useMedia } from './hooks.ts'
import { useTalkKeys } from './keys.ts'
import { HealthPanel } from './panels/health.tsx'
import { HoldsPanel } from './panels/holds.tsx'
import { History } from './panels/history.tsx'
import type { PanelName } from './panels/panel-name.ts'
import { Panel } from './panels/panel.tsx'
import { SettingsPanel } from './panels/settings.tsx'
import { ToolsPanel } from './panels/tools.tsx'
import { Welcome } from './panels/welcome.tsx'
import { languageOf } from './store.ts'
import { Captions } from './parts/captions.tsx'
import { Dock } from './parts/dock.tsx'
import { Messages } from './parts/messages.tsx'
import { TopBar } from './parts/top-bar.tsx'
import { Trouble } from './parts/trouble.tsx'
import { Work } from './parts/work.tsx'

/** From here on the history stands beside the conversation. */
const wide = '(min-width: 900px)'

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
  const [panel, setPanel] = useState<PanelName | null>(null)
  const isWide = useMedia(wide)
  const close = (): void => setPanel(null)
  useTheme(theme)
  useTalkKeys(useApp())
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
      {isWide && (
        <nav class="sidebar" aria-label={say('window.conversations')}>
          <History onChosen={close} />
        </nav>
      )}
      <div class="stage">
        <TopBar isWide={isWide} panel={panel} onOpen={(name) => setPanel(panel === name ? null : name)} />
        <main class="talkroom">
          <Trouble onOpenSettings={() => setPanel('settings')} />
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
      <Messages />
    </div>
  )
}

function useTheme(theme: 'system' | 'light' | 'dark'): void {
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
}
