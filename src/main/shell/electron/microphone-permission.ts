// Whether macOS or Windows lets Parley use the microphone. Asking shows no dialog; Linux has no such permission.
import { systemPreferences } from 'electron'
import { platform } from 'node:process'
import type { MicrophonePermission } from '../../audio/silence-cause.ts'

export const microphonePermission: MicrophonePermission = () => {
  if (platform !== 'darwin' && platform !== 'win32') return 'unknown'
  const status = systemPreferences.getMediaAccessStatus('microphone')
  if (status === 'denied' || status === 'restricted') return 'denied'
  return status === 'granted' ? 'granted' : 'unknown'
}
