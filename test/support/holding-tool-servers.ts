// A process that has tool servers as Parley has them, and says so once those that can be ready are: to be killed by a test.
import type { McpServer } from '../../src/core/settings.ts'
import { openToolWorkshop } from './tool-workshop.ts'

const [folder = '', servers = '[]'] = process.argv.slice(2)
const { workshop } = await openToolWorkshop(folder, JSON.parse(servers) as McpServer[])
const look = (): void => {
  if (workshop.servers().filter(({ state }) => state === 'ready').length === 2) process.stdout.write('held\n')
}
workshop.onChanged(look)
look()
