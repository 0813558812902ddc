// Tests that repeat themselves, and how often they do for `npm run prove`; `npm test` runs the short form that each has by itself.
// A new one is one line here.

/**
 * @typedef {object} LongForm
 * @property {string} name
 * @property {string} path of the test, or of a folder of them
 * @property {number} times
 * @property {'PARLEY_RUNS' | 'PARLEY_HOURS'} [by] the variable that the test reads
 */

/** @type {readonly LongForm[]} */
export const longForms = [
  { name: 'random walks of the connection', path: 'test/core/connection/walks.test.ts', times: 100_000 },
  { name: 'exchanges with the agent’s model', path: 'test/core/agent/exchange.test.ts', times: 20_000 },
  { name: 'streams of the agent’s model', path: 'test/core/agent/parse.test.ts', times: 20_000 },
  { name: 'schemas of tools’ arguments', path: 'test/core/agent/model-schema.test.ts', times: 50_000 },
  { name: 'damaged frames of the voice', path: 'test/core/realtime/parse.test.ts', times: 1_000_000 },
  { name: 'damaged frames of the agent’s model', path: 'test/core/agent/lenient.test.ts', times: 1_000_000 },
  { name: 'the fold of many changes', path: 'test/core/conversation/fold.test.ts', times: 20_000 },
  { name: 'small files, damaged and cut short', path: 'test/main/store/kept-file.test.ts', times: 2_000 },
  { name: 'power cuts of the record', path: 'test/main/store/power-cut.test.ts', times: 30_000 },
  { name: 'power cuts with everything kept', path: 'test/main/store/whole-folder-power-cut.test.ts', times: 30_000 },
  { name: 'power cuts under ext4 and XFS', path: 'test/main/store/loop-disk-power-cut.test.ts', times: 20 },
  { name: 'disks that refuse', path: 'test/main/store/refusals.test.ts', times: 5_000 },
  { name: 'sentences with a pause', path: 'test/engine/speech/end-of-turn.test.ts', times: 1 },
  { name: 'damaged data folders', path: 'test/main/app/damaged-folders.test.ts', times: 2_000 },
  { name: 'segments of a conversation', path: 'test/main/store/segments.test.ts', times: 1_000_000 },
  { name: 'payloads for every request', path: 'test/main/shell/fuzz.test.ts', times: 10_000 },
  { name: 'payloads through the window’s bridge', path: 'test/desktop/security.test.ts', times: 2_000 },
  { name: 'who has the floor, at random', path: 'test/core/turn/interruption.test.ts', times: 100_000 },
  { name: 'sounds over the voice, through the detector', path: 'test/main/audio/interruptions.test.ts', times: 1 },
  {
    name: 'an hour of a room and 200 utterances, through the gate',
    path: 'test/main/audio/sent-speech.test.ts',
    times: 1,
  },
  { name: 'the ledger of turns, at random', path: 'test/core/turn/ledger-walks.test.ts', times: 100_000 },
  { name: 'what a session holds against the record', path: 'test/core/conversation/reconcile.test.ts', times: 20_000 },
  { name: 'whole conversations with a modelled service', path: 'test/main/voice/session-walks.test.ts', times: 20_000 },
  { name: 'plans of what is restored', path: 'test/core/conversation/restore.test.ts', times: 10_000 },
  { name: 'histories restored', path: 'test/main/voice/restored-histories.test.ts', times: 500 },
  { name: 'hand-overs that fail', path: 'test/main/voice/failing-hand-over.test.ts', times: 200 },
  { name: 'lines one after another', path: 'test/main/voice/many-lines.test.ts', times: 5_000 },
  { name: 'lines that die', path: 'test/main/voice/dead-line.test.ts', times: 100 },
  { name: 'hours of being called by name', path: 'test/main/named-talk.test.ts', times: 20, by: 'PARLEY_HOURS' },
  { name: 'hours of one talk', path: 'test/main/voice/long-talk.test.ts', times: 8, by: 'PARLEY_HOURS' },
  {
    name: 'hours of devices that come and go',
    path: 'test/main/link/coming-and-going.test.ts',
    times: 8,
    by: 'PARLEY_HOURS',
  },
  { name: 'kills of the record’s writer', path: 'test/main/store/kill.test.ts', times: 500 },
  { name: 'kills of a task', path: 'test/main/agent/kill.test.ts', times: 100 },
  { name: 'attacks on the tools, each with four seconds', path: 'test/main/agent/attacks.test.ts', times: 1 },
  { name: 'work that is too much, each with three seconds', path: 'test/main/agent/tools/worker.test.ts', times: 1 },
  { name: 'the voice’s echo in every room', path: 'test/main/audio/cleaner.test.ts', times: 1 },
  { name: 'devices that come and go in a turn', path: 'test/sound/hot-plug.test.ts', times: 20 },
  { name: 'losses of the sound process', path: 'test/sound/lost-process.test.ts', times: 100 },
  { name: 'minutes of the voice in its own room', path: 'test/main/audio/heard-itself.test.ts', times: 30 },
  { name: 'the window in every language', path: 'test/browser/languages.test.ts', times: 1 },
  { name: 'answers at every width in each theme', path: 'test/browser/answers.test.ts', times: 1 },
  { name: 'the matrix of faults', path: 'test/scenarios/faults', times: 10 },
]

/**
 * @param {{ name: string, times: number, passed: number, failed: number, ms: number }[]} rows
 * @returns {string[]} lines of a table
 */
export function tableOf(rows) {
  const cells = [
    ['', 'times', 'passed', 'failed', 'seconds'],
    ...rows.map(({ name, times, passed, failed, ms }) =>
      [name, times.toLocaleString('en'), passed, failed, (ms / 1_000).toFixed(1)].map(String),
    ),
  ]
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)))
  return cells.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
  )
}
