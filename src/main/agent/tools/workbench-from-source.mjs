// Starts the workbench's TypeScript when Parley runs from source: Node 20 loads the first file of a thread without the
// loaders of the command line, so that file is this one.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.threadFile)
