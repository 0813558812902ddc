// The skills in the order they are asked: what is exact before what is loose.
import type { Skill } from '../skill.ts'
import { arithmetic } from './arithmetic.ts'
import { chance } from './chance.ts'
import { clock } from './clock.ts'
import { dates } from './dates.ts'
import { lists } from './lists.ts'
import { memory } from './memory.ts'
import { names } from './names.ts'
import { notes } from './notes.ts'
import { reminders } from './reminders.ts'
import { repeating } from './repeating.ts'
import { smallTalk } from './small-talk.ts'
import { spelling } from './spelling.ts'
import { summary } from './summary.ts'
import { timers } from './timers.ts'
import { undo } from './undo.ts'
import { units } from './units.ts'

export const skills: readonly Skill[] = [
  reminders,
  timers,
  lists,
  notes,
  undo,
  clock,
  units,
  arithmetic,
  spelling,
  chance,
  names,
  dates,
  summary,
  smallTalk,
  repeating,
  memory,
]
