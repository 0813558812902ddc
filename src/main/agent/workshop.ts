// All tools that there are on this computer: Parley's own and those of the servers that the person named. Follows the settings.
// Shared by all conversations; what stands between a wish and an effect is each conversation's toolbox.
import { isDeepStrictEqual } from 'node:util'
import { join } from 'node:path'
import { createEmitter } from '../../core/emitter.ts'
import type { ToolView } from '../../core/agent/task.ts'
import type { LeftOut, ToolServerView } from '../../core/agent/tool-server.ts'
import type { McpServer } from '../../core/settings.ts'
import { createSessionSecrets } from '../app/session-secrets.ts'
import type { Clock, Random, Secrets, Undo, WayOut } from '../ports.ts'
import type { SettingsStore } from '../store/settings.ts'
import { openAlarms, type Alarm } from './alarms.ts'
import { checkGrant, createGrants } from './grants.ts'
import { keptSecrets, type KeptSecrets } from './mcp/kept.ts'
import { startToolServer, type ToolServer } from './mcp/server.ts'
import { toolsOf } from './mcp/tools.ts'
import { offerOf } from './offer.ts'
import type { Surroundings } from './ports.ts'
import { isOn, viewOf, type KnownTool } from './switches.ts'
import type { Tool } from './tool.ts'
import { createBuiltIn } from './tools/built-in.ts'
import { createWorkbench } from './tools/workbench.ts'
import type { StartWork } from './work/process.ts'

export interface Workshop {
  /** What is switched on now, as much of it as a model is offered. */
  tools(): readonly Tool[]
  known(): readonly KnownTool[]
  views(): ToolView[]
  /** The tools or their switches are others. */
  onChanged(listen: () => void): Undo
  /** A server was lost; a sentence for the person. */
  onTrouble(listen: (message: string) => void): Undo
  /**
   * A timer or reminder is due. Its words are data: anybody may have had them set. Whoever says true has told it; until somebody
   * does it stays and is offered again.
   */
  onDue(listen: (alarm: DueAlarm) => boolean): Undo
  /** Whether a folder may be granted: its real path, or why not in a sentence for the person. */
  checkGrant(folder: string): Promise<{ path: string } | { why: string }>
  /** The name of the server and the process it runs in, for those that run. */
  servers(): { name: string; state: string; pid: number | null }[]
  serverViews(): Promise<ToolServerView[]>
  /** Null when there is no server of this name. */
  server(name: string): ToolServer | null
  /** What is kept in the keyring for the server of this name; null for one that is not at an address. */
  kept(name: string): KeptSecrets | null
  /** The network may be back: servers that are only out of reach are tried anew. */
  reach(): void
  close(): Promise<void>
}

export type DueAlarm = Alarm & { lateMs: number }

export interface WorkshopOpts {
  clock: Clock
  random: Random
  newId: (prefix: string) => string
  /** Parley's data folder. */
  folder: string
  settings: SettingsStore
  surroundings: Surroundings
  env: NodeJS.ProcessEnv
  /** Hears what is wrong with a file, one sentence each. */
  tell?: (message: string) => void
  /** Absent: straight. */
  wayOut?: WayOut
  /** Where servers' headers and sign-ins are kept; absent: in memory. */
  secrets?: Secrets
  /** In place of plain Node's child process. */
  startWork?: StartWork
}

export async function openWorkshop(opts: WorkshopOpts): Promise<Workshop> {
  const { clock, random, folder, settings, env, secrets = createSessionSecrets({}) } = opts
  const events = createEmitter<{ changed: null; trouble: string }>(() => undefined)
  const workbench = createWorkbench({ clock, ...(opts.startWork ? { start: opts.startWork } : {}) })
  const tellers = new Set<(alarm: DueAlarm) => boolean>()
  const alarms = await openAlarms({
    ...opts,
    // Each of them hears it, also when the first has told it.
    onDue: (alarm) => [...tellers].map((teller) => teller(alarm)).includes(true),
  })
  const own = createBuiltIn({
    ...opts,
    alarms,
    workbench,
    grants: createGrants({ folders: () => settings.current().grantedFolders, own: folder }),
    notesFile: () => settings.current().notesFile || join(folder, 'notes.md'),
  })
  let servers: ToolServer[] = []
  const ended = new Set<Promise<void>>()

  function start(server: McpServer): ToolServer {
    return startToolServer({
      settings: server,
      clock,
      random,
      env,
      fetch: opts.wayOut?.fetch ?? globalThis.fetch,
      secrets,
      onChanged(trouble) {
        if (trouble !== null) events.emit('trouble', trouble)
        events.emit('changed', null)
      },
    })
  }

  /** Servers whose settings are as before go on undisturbed. */
  function follow(wanted: readonly McpServer[]): void {
    const kept = servers.filter((server) => wanted.some((other) => isDeepStrictEqual(other, server.settings)))
    for (const server of servers.filter((other) => !kept.includes(other))) {
      const end = server.close().finally(() => ended.delete(end))
      ended.add(end)
    }
    servers = wanted.map((one) => kept.find((server) => isDeepStrictEqual(one, server.settings)) ?? start(one))
  }

  /** All there are, and what of each server can't be used. */
  function stock(): { known: KnownTool[]; leftOut: Map<ToolServer, LeftOut[]> } {
    const taken = new Set(own.map(({ tool }) => tool.name))
    const foreign = servers.map((server) => ({ server, ...toolsOf(server, taken) }))
    const tools = foreign.flatMap(({ tools }) => tools)
    return {
      known: [...own, ...tools.map(({ tool, key }) => ({ tool, key, isOffAtFirst: true }))],
      leftOut: new Map(foreign.map(({ server, leftOut }) => [server, leftOut])),
    }
  }

  const known = (): KnownTool[] => stock().known

  const offered = (all: readonly KnownTool[]): Tool[] =>
    offerOf(all.filter((one) => isOn(one, settings.current())).map(({ tool }) => tool))

  async function viewOfServer(server: ToolServer, leftOut: readonly LeftOut[]): Promise<ToolServerView[]> {
    const state = server.view()
    if (state === null) return []
    const { settings: its } = server
    const kept = its.kind === 'http' ? keptSecrets(secrets, its.url) : null
    const header = ((await kept?.header()) ?? null) !== null
    const signedIn = (await kept?.signIn())?.tokens !== undefined
    return [{ name: its.name, state, printed: server.printed(), leftOut, kept: { header, signedIn } }]
  }

  follow(settings.current().mcpServers)
  const undo = settings.onChanged(({ mcpServers }) => {
    follow(mcpServers)
    events.emit('changed', null)
  })

  return {
    tools: () => offered(known()),
    known,
    views() {
      const all = known()
      const names = new Set(offered(all).map(({ name }) => name))
      return all.map((one) => viewOf(one, settings.current(), names))
    },
    onChanged: (listen) => events.on('changed', listen),
    onTrouble: (listen) => events.on('trouble', listen),
    onDue(listen) {
      tellers.add(listen)
      alarms.offer()
      return () => void tellers.delete(listen)
    },
    checkGrant: (wanted) => checkGrant(wanted, folder),
    servers: () => servers.map((one) => ({ name: one.settings.name, state: one.state(), pid: one.pid() })),
    async serverViews() {
      const views = await Promise.all([...stock().leftOut].map(([server, leftOut]) => viewOfServer(server, leftOut)))
      return views.flat()
    },
    server: (name) => servers.find((one) => one.settings.name === name) ?? null,
    kept(name) {
      const its = settings.current().mcpServers.find((one) => one.name === name)
      return its?.kind === 'http' ? keptSecrets(secrets, its.url) : null
    },
    reach() {
      for (const server of servers) server.reach()
    },
    async close() {
      undo()
      follow([])
      workbench.close()
      await Promise.all([...ended, alarms.close()])
    },
  }
}
