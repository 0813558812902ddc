// The language of what the desktop shows outside the window: the one that is set, and the system's until that is known.
import { app } from 'electron'
import type { LanguageChoice } from '../../../core/language/choice.ts'
import { languageFor, type Language } from '../../../core/language/language.ts'
import type { Desk } from '../../desk/desk.ts'
import { lookAt } from './look.ts'

let choice: LanguageChoice = 'system'

/** Only once the app is ready. */
export function shellLanguage(): Language {
  return languageFor(choice, app.getPreferredSystemLanguages())
}

export async function followLanguage(desk: Desk): Promise<void> {
  choice = (await lookAt(desk)).settings.windowLanguage
  desk.hear((notice) => {
    if (notice.type === 'settings') choice = notice.settings.windowLanguage
  })
}
