// All texts of the language, by their keys.
import type { Catalogue } from '../messages.ts'
import { commands } from './commands.ts'
import { data } from './data.ts'
import { health } from './health.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { talk } from './talk.ts'
import { toldApp } from './told-app.ts'
import { toldLine } from './told-line.ts'
import { window } from './window.ts'
import { work } from './work.ts'

export const spanish: Catalogue = {
  ...talk,
  ...commands,
  ...window,
  ...work,
  ...settings,
  ...data,
  ...health,
  ...shell,
  ...toldApp,
  ...toldLine,
}
