// The language of what the desktop shows outside the window: the one that is set, and the system's until that is known.
import { app as electronApp } from 'electron'
import type { LanguageChoice } from '../../../core/language/choice.ts'
import { languageFor, type Language } from '../../../core/language/language.ts'
import type { App } from '../../app/app.ts'
import { lookAt } from './look.ts'

let choice: LanguageChoice = 'system'

/** Only once the app is ready. */
export function shellLanguage(): Language {
  return languageFor(choice, electronApp.getPreferredSystemLanguages())
}

export async function followLanguage(app: App): Promise<void> {
  choice = (await lookAt(app)).settings.windowLanguage
  app.hear((notice) => {
    if (notice.type === 'settings') choice = notice.settings.windowLanguage
  })
}
