// The window: history beside the conversation, panels over it, and what holds everywhere (theme, keys, messages).
import { useEffect, useState } from 'preact/hooks'
import { useApp, useKnown, useMedia } from './hooks.ts'
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
import { Captions } from './parts/captions.tsx'
import { Dock } from './parts/dock.tsx'
import { Messages } from './parts/messages.tsx'
import { TopBar } from './parts/top-bar.tsx'
import { Trouble } from './parts/trouble.tsx'
import { Work } from './parts/work.tsx'

/** From here on the history stands beside the conversation. */
const wide = '(min-width: 900px)'

export function Window() {
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

  if (reach === 'connecting') return <p class="starting">Starting…</p>
  if (reach === 'uninvited')
    return (
      <p class="starting" role="alert">
        This address opened a page before, or is too old. Press Enter in the terminal where Parley runs, and open the
        address that it prints.
      </p>
    )
  if (!isSetUp) return <Welcome />
  return (
    <div class="window">
      {isWide && (
        <nav class="sidebar" aria-label="Conversations">
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
        <Panel key="history" title="Conversations" side="left" onClose={close}>
          <History onChosen={close} />
        </Panel>
      )}
      {panel === 'health' && (
        <Panel key="health" title="Connection" side="right" onClose={close}>
          <HealthPanel onHolds={() => setPanel('holds')} />
        </Panel>
      )}
      {panel === 'holds' && (
        <Panel key="holds" title="What the model holds" side="right" onClose={() => setPanel('health')}>
          <HoldsPanel />
        </Panel>
      )}
      {panel === 'settings' && (
        <Panel key="settings" title="Settings" side="right" onClose={close}>
          <SettingsPanel onTools={() => setPanel('tools')} />
        </Panel>
      )}
      {panel === 'tools' && (
        <Panel key="tools" title="Tools" side="right" onClose={() => setPanel('settings')}>
          <ToolsPanel />
        </Panel>
      )}
      <Messages />
      <Announced />
    </div>
  )
}

function useTheme(theme: 'system' | 'light' | 'dark'): void {
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
}
