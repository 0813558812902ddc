// A workshop with servers of tools, and a toolbox in which a click answers every question.
import { expect, onTestFinished } from 'vitest'
import type { McpServer } from '../../src/core/settings.ts'
import type { ToolServerView } from '../../src/core/agent/tool-server.ts'
import { switchTool } from '../../src/main/agent/switches.ts'
import { openWorkshop, type Workshop } from '../../src/main/agent/workshop.ts'
import { systemClock } from '../../src/main/clock.ts'
import { createSessionSecrets } from '../../src/main/app/session-secrets.ts'
import type { Clock, Secrets } from '../../src/main/ports.ts'
import { openSettings, type SettingsStore } from '../../src/main/store/settings.ts'
import { openToolbox, type OpenedToolbox } from './opened-toolbox.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { within } from './within.ts'

export const stdio = (name: string, ...args: string[]): McpServer => ({
  kind: 'stdio',
  name,
  command: process.execPath,
  args,
  passEnv: ['PARLEY_PASSED'],
  trustsHints: false,
})

export interface Shop {
  workshop: Workshop
  settings: SettingsStore
  box: OpenedToolbox
  folder: string
  turnOn(name: string): Promise<void>
  view(server: string): Promise<ToolServerView>
  /** Resolves when the server stands so. */
  stands(server: string, ...states: string[]): Promise<void>
  /** Calls with a click where one is asked for. */
  use(name: string, given: object): ReturnType<OpenedToolbox['call']>
}

/** Resolves when `holds` does, looked at whenever the workshop changes. */
export function until(workshop: Workshop, holds: () => boolean): Promise<void> {
  return new Promise((done) => {
    const look = (): void => {
      if (!holds()) return
      undo()
      done()
    }
    const undo = workshop.onChanged(look)
    look()
  })
}

/** @param how.ready whether all of them are waited for until they are ready */
export async function openShop(
  servers: readonly McpServer[],
  how: { ready?: boolean; env?: NodeJS.ProcessEnv; clock?: Clock; secrets?: Secrets } = {},
): Promise<Shop> {
  const { ready = true, clock = systemClock, secrets = createSessionSecrets({}) } = how
  const folder = temporaryFolder()
  const settings = await openSettings({ folder, random: Math.random })
  await settings.change({ mcpServers: servers })
  let ids = 0
  const workshop = await openWorkshop({
    clock,
    random: Math.random,
    newId: (prefix) => `${prefix}_${++ids}`,
    folder,
    settings,
    surroundings: { clipboard: null, opener: null },
    env: { ...process.env, PARLEY_PASSED: 'passed', OPENAI_API_KEY: 'not-for-you', ...how.env },
    secrets,
  })
  onTestFinished(() => workshop.close())
  const tools: Parameters<typeof openToolbox>[0]['tools'] = new Proxy([], {
    get: (_, name) => Reflect.get(workshop.tools(), name) as unknown,
  })
  const box = openToolbox({ tools })
  if (ready) await until(workshop, () => workshop.servers().every(({ state }) => state === 'ready'))
  return {
    workshop,
    settings,
    box,
    folder,
    async turnOn(name) {
      const known = workshop.known().find(({ tool }) => tool.name === name)!
      await settings.change(switchTool(known, true, settings.current()))
    },
    async view(name) {
      const found = (await workshop.serverViews()).find((one) => one.name === name)
      expect(found, name).toBeDefined()
      return found!
    },
    stands(name, ...states) {
      const state = (): string => workshop.server(name)?.state() ?? 'none'
      const stood = until(workshop, () => states.includes(state()))
      return within(`${name} to be ${states.join(' or ')}`, stood, { seen: state })
    },
    async use(name, given) {
      const calling = box.call(name, given)
      const question = await Promise.race([box.asked(), calling.then(() => null)])
      if (question) box.click(question, true)
      return calling
    },
  }
}
