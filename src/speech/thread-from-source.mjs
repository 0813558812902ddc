// Starts a thread's TypeScript file when Parley runs from source: Node 20 loads a thread's first file without the
// loaders of the command line, so that file is this one.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.threadFile)
