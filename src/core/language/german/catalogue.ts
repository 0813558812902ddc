// All texts of the language, by their keys.
import type { Catalogue } from '../messages.ts'
import { health } from './health.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { talk } from './talk.ts'
import { window } from './window.ts'
import { work } from './work.ts'

export const german: Catalogue = { ...talk, ...window, ...work, ...settings, ...health, ...shell }
