// Takes its time at the first start and says how far it is.
import { serve, tool } from './speak.mjs'
process.stderr.write('Downloading 10 %\rDownloading 55 %')
setTimeout(() => serve({ tools: [tool('good')] }), Number(process.argv[3] ?? 1_500))
