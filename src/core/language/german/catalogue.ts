// All texts of the language, by their keys.
import type { Catalogue } from '../messages.ts'
import { asks } from './asks.ts'
import { commands } from './commands.ts'
import { data } from './data.ts'
import { health } from './health.ts'
import { pictures } from './pictures.ts'
import { link } from './link.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { talk } from './talk.ts'
import { toldApp } from './told-app.ts'
import { toldKept } from './told-kept.ts'
import { toldLine } from './told-line.ts'
import { toldTools } from './told-tools.ts'
import { window } from './window.ts'
import { work } from './work.ts'

export const german: Catalogue = {
  ...talk,
  ...pictures,
  ...commands,
  ...window,
  ...work,
  ...asks,
  ...settings,
  ...data,
  ...health,
  ...shell,
  ...link,
  ...toldApp,
  ...toldLine,
  ...toldTools,
  ...toldKept,
}
