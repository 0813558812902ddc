// Starts others: in its own group, and in a session of their own with its pipes in hand; none of them wants to end.
import { spawn } from 'node:child_process'
import { noteProcess, serve, tool } from './speak.mjs'
const stays = "process.on('SIGTERM',()=>0);process.on('SIGHUP',()=>0);setInterval(()=>0,1000)"
for (const detached of [false, true])
  noteProcess(spawn(process.execPath, ['-e', stays], { detached, stdio: 'inherit' }).pid)
serve({ tools: [tool('good')] })
