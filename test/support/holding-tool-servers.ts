// A process that has tool servers as Parley has them, and says so once those that can be ready are: to be killed by a test.
import type { McpServer } from '../../src/core/settings.ts'
import { openWorkshop } from '../../src/main/agent/workshop.ts'
import { systemClock } from '../../src/main/clock.ts'
import { newId } from '../../src/main/new-id.ts'
import { openSettings } from '../../src/main/store/settings.ts'

const [folder = '', servers = '[]'] = process.argv.slice(2)
const settings = await openSettings({ folder, random: Math.random })
await settings.change({ mcpServers: JSON.parse(servers) as McpServer[] })
const workshop = await openWorkshop({
  clock: systemClock,
  random: Math.random,
  newId,
  folder,
  settings,
  surroundings: { clipboard: null, opener: null },
  env: process.env,
})
const look = (): void => {
  if (workshop.servers().filter(({ state }) => state === 'ready').length === 2) process.stdout.write('held\n')
}
workshop.onChanged(look)
look()
