// Takes the last change of the notebook back. A timer that is over by now is not woken by it.
import type { Skill } from '../skill.ts'

const asked =
  /^(?:undo|undo (?:that|it|this|the last (?:thing|1|one|change))|take (?:that|it) back|take back (?:that|the last thing)|reverse that|revert(?: that)?|scratch that|no undo that)$/

export const undo: Skill = {
  name: 'undo',
  kind: 'machine',
  examples: ['undo that', 'take that back', 'undo the last thing'],
  answer({ text }, scene) {
    if (!asked.test(text)) return null
    if (scene.before === null) return { say: "There's nothing to undo." }
    const alarms = scene.before.alarms.filter((alarm) => alarm.dueMs > scene.nowMs)
    return {
      say: "Okay, I've undone that.",
      notebook: { ...scene.before, alarms, offeredMs: scene.notebook.offeredMs },
    }
  },
}
