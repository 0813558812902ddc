// What lies over the conversation: a panel, and for a moment the sheet of shortcuts or the palette. One value, so that keys,
// the palette and the app's menu open the same things.
import type { PanelName } from './panels/panel-name.ts'
import type { Store } from './store.ts'

export interface View {
  panel: PanelName | null
  /** The section of the settings that is gone to. */
  section: string | null
  over: 'palette' | 'shortcuts' | null
}

export const nothingOver: View = { panel: null, section: null, over: null }

type Viewing = { view: Store<View> }

export function openPanel({ view }: Viewing, panel: PanelName | null, section: string | null = null): void {
  view.set({ panel, section, over: null })
}

/** A second press closes what the first one opened. */
export function togglePanel(app: Viewing, panel: PanelName): void {
  openPanel(app, app.view.value().panel === panel ? null : panel)
}

export function openOver({ view }: Viewing, over: View['over']): void {
  view.set({ ...view.value(), over })
}

/** The list stands beside the conversation, or in a panel that is opened first. */
export function findConversations(app: Viewing): void {
  if (focusOn('#search')) return
  openPanel(app, 'history')
  requestAnimationFrame(() => requestAnimationFrame(() => focusOn('#search')))
}

export function focusOn(selector: string): boolean {
  const element = document.querySelector<HTMLElement>(selector)
  element?.focus()
  return element !== null
}
