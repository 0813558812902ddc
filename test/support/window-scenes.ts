// What a window can be told that takes an hour, an agent or a fault to come about, as values.
import type { ApprovalView, SpendingView, TaskStep, TaskView, ToolView } from '../../src/core/agent/task.ts'
import { noUsage } from '../../src/core/conversation/usage.ts'
import type { ToolServerView } from '../../src/core/agent/tool-server.ts'
import type { Settings } from '../../src/core/settings.ts'
import { emptyConversation, type Conversation, type ToolCall, type Turn } from '../../src/core/conversation/reduce.ts'
import type { AppState } from '../../src/core/ipc.ts'
import type { HealthView } from '../../src/core/health/window.ts'
import { noHealth } from '../../src/core/health/window.ts'
import { inEnglish } from '../../src/core/language/language.ts'
import { wording, type Wording } from '../../src/core/language/wording.ts'

const minute = 60_000

function turnOf(id: string, role: Turn['role'], text: string, state: Turn['state'] = { type: 'final' }): Turn {
  const audioMs = role === 'assistant' ? 4_000 : 0
  return { id, role, via: 'voice', startedMs: 0, text, audioMs, playedMs: role === 'assistant' ? 4_000 : null, state }
}

function callOf(call: string, after: string, name: string, more: Partial<ToolCall> = {}): ToolCall {
  return { call, after, name, arguments: '{}', state: 'ended', output: '', task: null, ...more }
}

export const longWord = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung'.repeat(3)
export const hebrew = 'מה השעה עכשיו, ומתי יוצאת הרכבת האחרונה לחיפה?'

/** @param nowMs wall clock */
export function busyConversation(nowMs: number): Conversation {
  return {
    ...emptyConversation,
    id: 'c_busy',
    title: `Where the largest file is, and ${longWord}`,
    startedMs: nowMs - 40 * minute,
    changedMs: nowMs,
    seq: 100,
    turns: [
      turnOf('u1', 'user', hebrew),
      turnOf('a1', 'assistant', 'השעה עשר וארבעים, and the last train leaves at 23:10.'),
      turnOf('u2', 'user', `Look that up: ${longWord}`),
      turnOf('a2', 'assistant', 'I found something about it and will read you', {
        type: 'cut',
        heard: 'I found something',
        playedMs: 900,
      }),
      turnOf('u3', 'user', '', { type: 'failed', reason: 'Nothing was understood.' }),
      turnOf('u4', 'user', 'Find the largest file in my notes and write its name down.'),
      turnOf('a4', 'assistant', 'I’m on it. You can ask me something else meanwhile.'),
    ],
    tools: [
      callOf('k1', 'u2', 'read_page', {
        arguments: '{"address":"https://example.org/a/rather/long/path"}',
        output: 'The page says so.',
      }),
      callOf('k2', 'u2', 'everything__long_running_operation', { state: 'failed', output: 'The server went away.' }),
      callOf('k3', 'u4', 'ask_agent', { arguments: '{"task":"Find the largest file"}' }),
      callOf('k4', 'u4', 'undo_write', { state: 'unknown' }),
    ],
    tasks: [
      {
        id: 't0',
        request: 'Read the weather for Sunday',
        after: 'a1',
        startedMs: nowMs - 9 * minute,
        endedMs: nowMs - 8 * minute,
        state: 'done',
        result: 'Rain until noon, then sun.',
        tokens: 4_210,
      },
      {
        id: 't3',
        request: 'Tidy up the downloads',
        after: 'a2',
        startedMs: nowMs - 5 * minute,
        endedMs: nowMs - 4 * minute,
        state: 'draft',
        result: 'The service answered with an error twice.',
        tokens: 980,
      },
    ],
    sessions: 2,
    usage: {
      ...noUsage,
      inputTextTokens: 2_310,
      inputAudioTokens: 18_220,
      cachedTokens: 9_800,
      outputTextTokens: 640,
      outputAudioTokens: 7_020,
    },
  }
}

export function busyTasks(nowMs: number): TaskView[] {
  const [done, draft] = busyConversation(nowMs).tasks
  return [
    ...[done, draft].map((task) => ({
      ...task!,
      steps: [stepOf('s0', wording('step.reading', { place: 'example.org' }), 'ended')],
    })),
    {
      id: 't1',
      request: 'Find the largest file in the folder Notes and write its name down',
      state: 'asking',
      steps: [
        stepOf('s1', wording('step.listFiles', { place: 'Notes' }), 'ended'),
        stepOf('s2', wording('step.searchFiles', { place: 'Notes', words: 'the size of 214 files' }), 'failed'),
        stepOf('s3', wording('step.writeFile', { place: 'Notes/todo.md' }), 'asked'),
      ],
      startedMs: nowMs - 42_000,
      endedMs: null,
      tokens: 12_044,
      result: '',
    },
    {
      id: 't2',
      request: `Translate ${hebrew}`,
      state: 'working',
      steps: [],
      startedMs: nowMs - 2_000,
      endedMs: null,
      tokens: 0,
      result: '',
    },
  ]
}

function stepOf(call: string, said: Wording, state: TaskStep['state']): TaskStep {
  return { call, text: inEnglish(said), wording: said, state }
}

const writing = wording('ask.writeNew', { count: 14, place: 'Notes/todo.md' })

/** @param askedMs wall clock */
export function approvalAsked(askedMs: number, more: Partial<ApprovalView> = {}): ApprovalView {
  return {
    id: 'ap_1',
    digest: 'd'.repeat(64),
    task: 't1',
    tool: 'write_file',
    risk: 'changes',
    question: inEnglish(writing),
    wording: writing,
    arguments: JSON.stringify({ path: '/home/ada/Notes/todo.md', text: 'holiday-07.mp4' }, null, 2),
    facts: [{ name: 'File', value: '/home/ada/Notes/todo.md' }],
    afterUntrusted: true,
    opensMs: askedMs + 500,
    expiresMs: askedMs + 60_000,
    ...more,
  }
}

export const spending: SpendingView = {
  todayUsd: 1.84,
  capUsd: 2,
  today: {
    inputText: 2_310,
    inputAudio: 18_220,
    inputImage: 0,
    cached: 9_800,
    outputText: 640,
    outputAudio: 7_020,
    heardMs: 0,
    searches: 0,
  },
  unknownPrices: ['my-own-model'],
  asks: [],
  pricesDated: '2026-11-01',
  state: 'warned',
}

/** @param nowMs wall clock */
export function measuredHealth(nowMs: number): HealthView {
  return {
    ...noHealth,
    roundTrips: Array.from({ length: 60 }, (_, at) => ({
      atMs: nowMs - (60 - at) * 5_000,
      roundTripMs: 60 + 25 * Math.sin(at / 4) + (at === 40 ? 140 : 0),
    })),
    sentFrames: 81_204,
    droppedFrames: 12,
    underruns: 1,
    reconnects: 2,
    handOvers: 1,
    lastEventMs: nowMs - 3_000,
    bufferedBytes: 48_200,
    outageMsToday: 74_000,
    brokenEvents: 1,
    losses: [{ cause: 'response.done: response.id', times: 1 }],
    work: { unknownEvents: 0, brokenEvents: 1, losses: [{ cause: 'response.completed: response.id', times: 1 }] },
    breaks: [
      { atMs: nowMs - 90 * minute, cause: 'the network is down' },
      { atMs: nowMs - 9 * minute, cause: 'the service closed the line (1011)' },
    ],
    context: {
      usedTokens: 19_204,
      source: 'counted',
      windowTokens: 28_224,
      headroomTokens: 9_020,
      compactAtTokens: 22_579,
      compactedMs: nowMs - 50 * minute,
    },
    restored: { atMs: nowMs - 50 * minute, items: 22, refused: 1, leftOut: 31 },
  }
}

export function liveState(nowMs: number, state: AppState): AppState {
  return {
    ...state,
    presence: 'speaking',
    microphone: { type: 'open' },
    line: { type: 'live', sinceMs: nowMs - 52 * minute, endsMs: nowMs + 8 * minute, handingOver: false },
  }
}

export const toolViews: ToolView[] = [
  {
    name: 'read_file',
    from: 'built-in',
    description: 'Reads a text file in a granted folder.',
    risk: 'reads',
    on: true,
  },
  {
    name: 'write_file',
    from: 'built-in',
    description: 'Writes a text file in a granted folder.',
    risk: 'changes',
    on: true,
  },
  {
    name: 'run_command',
    from: 'built-in',
    description: 'Runs a program in a granted folder.',
    risk: 'runs',
    on: false,
  },
  {
    name: 'everything__send_message',
    from: 'everything',
    description: `Sends a message. ${hebrew}`,
    risk: 'sends',
    on: true,
    isOver: true,
  },
]

const kept = { header: false, signedIn: false }

export const serverViews: ToolServerView[] = [
  {
    name: 'everything',
    state: { type: 'failed', why: 'It ended before it was ready (exit code 1).' },
    printed: ['npm error code E404', `npm error 404 Not Found - GET https://registry.example/${longWord}`],
    leftOut: [{ name: `tool of ${longWord}`, why: 'its schema is too large' }],
    kept,
  },
  {
    name: 'library',
    state: {
      type: 'sign-in',
      why: 'Sign in there; Parley waits five minutes.',
      address: `https://library.example/authorize?state=${longWord}`,
    },
    printed: [],
    leftOut: [],
    kept,
  },
]

export const grantedSettings: Pick<Settings, 'grantedFolders' | 'mcpServers' | 'dailyLimitUsd'> = {
  grantedFolders: ['/home/ada/Notes', `/home/ada/${longWord}`],
  mcpServers: [
    {
      kind: 'stdio',
      name: 'everything',
      command: 'npx',
      args: ['-y', 'server everything'],
      passEnv: [],
      trustsHints: false,
    },
    { kind: 'http', name: 'library', url: 'https://library.example/mcp', trustsHints: true },
  ],
  dailyLimitUsd: 2,
}
