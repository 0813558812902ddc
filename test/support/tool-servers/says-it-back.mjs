// Is no tool server: says back whatever it is told.
import { noteProcess } from './speak.mjs'
noteProcess()
process.stdin.pipe(process.stdout)
