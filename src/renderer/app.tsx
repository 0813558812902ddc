// The window: history beside the conversation, panels over it, and what holds everywhere (theme, keys, messages).
import { useEffect } from 'preact/hooks'
import { useApp, useKnown, useRoom, useStore } from './hooks.ts'
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
      <SkipLinks />
      {isWide && (
        <nav class="sidebar" aria-label="Conversations">
          <History onChosen={close} />
        </nav>
      )}
      <div class="stage">
        <TopBar isWide={isWide} panel={panel} onOpen={(name) => togglePanel(app, name)} />
        <main class="talkroom">
          <Trouble onOpenSettings={() => setPanel('settings')} />
          <Messages />
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
      {over === 'palette' && <Palette />}
      {over === 'shortcuts' && <ShortcutSheet />}
      <Announced />
    </div>
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
