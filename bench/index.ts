// `npm run bench [-- name …]`: measures everything, or what is named, and prints the tables that the README quotes.
export {}

interface Measure {
  what: string
  run: () => Promise<void>
}

const measures: Record<string, Measure> = {
  voice: {
    what: '40 questions and 20 pauses through the whole line',
    run: async () => (await import('./voice.ts')).run(),
  },
  sound: {
    what: 'how soon the voice gives way and answers, through a sound card, and its echo in computed rooms',
    run: async () => (await import('./sound.ts')).run(),
  },
  wake: {
    what: 'calls by its name that are heard, and talk that is none',
    run: async () => (await import('./wake.ts')).run(),
  },
  start: {
    what: 'what a start costs until it can be talked to',
    run: async () => (await import('./start.ts')).run(),
  },
  idle: {
    what: 'what waiting in the tray costs',
    run: async () => (await import('./idle.ts')).run(),
  },
  agent: {
    what: 'a loop of 20 tool calls over a socket and over HTTP',
    run: async () => (await import('./agent.ts')).run(),
  },
  wire: {
    what: 'an event of the voice socket, beside the official clients',
    run: async () => (await import('./wire.ts')).run(),
  },
  resume: {
    what: 'from the network’s return to the first heard sound',
    run: async () => (await import('./resume.ts')).run(),
  },
  window: {
    what: 'the window with long conversations and long lists',
    run: async () => (await import('./window/run.ts')).run(),
  },
  everyday: {
    what: 'everyday questions without a model',
    run: async () => (await import('./everyday.ts')).run(),
  },
  devices: {
    what: 'other devices on one conversation, and what they cost the voice',
    run: async () => (await import('./devices/run.ts')).run(),
  },
  store: {
    what: 'what keeping costs, by how much is kept',
    run: async () => (await import('./store/run.ts')).run(),
  },
  journal: { what: 'what an acknowledged turn costs', run: async () => (await import('./journal.ts')).run() },
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in measures))
if (unknown.length > 0) {
  console.error(`There is no measure “${unknown.join('”, “')}”. There are: ${Object.keys(measures).join(', ')}.`)
  process.exit(2)
}
for (const [name, measure] of Object.entries(measures)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n## ${name}: ${measure.what}\n`)
  await measure.run()
}
process.exit()
