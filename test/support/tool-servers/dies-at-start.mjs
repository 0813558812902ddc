// Says why it can't start, in colours and with a key, and ends.
import { noteProcess } from './speak.mjs'
noteProcess()
process.stderr.write(
  `npm notice\n\u001b[31mError:\u001b[0m no database\u0007 for ${process.env.ODD_SECRET}\nkey sk-abcdefghijklmnopqrstuvwx was refused\n`,
)
process.exit(1)
