// The tools of a data folder in which these servers are named, with the settings that name them.
import type { McpServer } from '../../src/core/settings.ts'
import { openWorkshop, type Workshop } from '../../src/main/agent/workshop.ts'
import { systemClock } from '../../src/main/clock.ts'
import { newId } from '../../src/main/new-id.ts'
import { openSettings, type SettingsStore } from '../../src/main/store/settings.ts'

export async function openToolWorkshop(
  folder: string,
  mcpServers: readonly McpServer[],
): Promise<{ settings: SettingsStore; workshop: Workshop }> {
  const settings = await openSettings({ folder, random: Math.random })
  await settings.change({ mcpServers })
  const workshop = await openWorkshop({
    clock: systemClock,
    random: Math.random,
    newId,
    folder,
    settings,
    surroundings: { clipboard: null, opener: null },
    env: process.env,
  })
  return { settings, workshop }
}
