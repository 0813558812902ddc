// What a paired device is told of what windows are told: no key, nothing of this computer's files and servers, and what needs a
// right only with it. Pure.
import { defaultSettings } from '../default-settings.ts'
import type { AppState, KeyView, Look, Notice, Reply, RequestName } from '../ipc.ts'
import type { Settings } from '../settings.ts'
import { managedSettings, may } from './rights.ts'
import type { OwnDevice } from './view.ts'

/** Which services have a key is no device's business. */
const noKeys: KeyView = { keeping: 'session', held: [] }

/** @returns null for what is not for this device */
export function noticeFor(device: OwnDevice, notice: Notice): Notice | null {
  switch (notice.type) {
    case 'settings':
      return { ...notice, settings: settingsFor(notice.settings) }
    case 'state':
      return { ...notice, state: stateFor(notice.state) }
    case 'tools':
      return may(device.rights, 'manage') ? notice : null
    case 'keys':
    case 'link':
    case 'go':
    case 'phrase-fit':
    case 'fill':
    case 'device':
      return null
    case 'snapshot':
    case 'change':
    case 'caption':
    case 'position':
    case 'level':
    case 'reading':
    case 'health':
    case 'notice':
    case 'conversations':
    case 'listed':
    case 'unlisted':
    case 'tasks':
    case 'approvals':
    case 'spending':
      return notice
  }
}

/** An answer that this computer's own window would get whole. */
export function replyFor(device: OwnDevice, name: RequestName, reply: Reply): Reply {
  if (!reply.ok) return reply
  if (name === 'look') return { ok: true, value: lookFor(device, reply.value as Look) }
  if (name === 'settings') return { ok: true, value: settingsFor(reply.value as Settings) }
  return reply
}

function lookFor(device: OwnDevice, look: Look): Look {
  const own = { state: stateFor(look.state), settings: settingsFor(look.settings), keys: noKeys, device }
  return { ...look, shell: 'browser', ...own }
}

/** Which model runs on this computer, and at which port, is no device's business. */
function stateFor({ model: _, ...state }: AppState): AppState {
  return state
}

/** What the device's window is drawn by; everything else stands at its default. */
function settingsFor(settings: Settings): Settings {
  const shown: readonly (keyof Settings)[] = [...managedSettings, 'isSetUp', 'hideKeys', 'dailyLimitUsd', 'agentModel']
  const endpoint = {
    kind: settings.endpoint.kind === 'compatible' ? 'openai' : settings.endpoint.kind,
    model: settings.endpoint.model,
  } as const
  return { ...defaultSettings, ...Object.fromEntries(shown.map((name) => [name, settings[name]])), endpoint }
}

/** High-rate and no history: a device that reads slowly goes without. */
export function mayBeDropped({ type }: Notice): boolean {
  return type === 'caption' || type === 'position' || type === 'level'
}
