// Why the built-in voice can't start, for the person: once, with what to do. Pure.

/** `failed`: in its own words; `exited`: without a word; `late`: it has not answered in time. */
export type EngineTrouble = { type: 'failed'; message: string } | { type: 'exited' } | { type: 'late' }

const meanwhile = 'Meanwhile you can choose another voice service in the settings.'

export function engineTroubleWords(trouble: EngineTrouble): string {
  switch (trouble.type) {
    case 'failed':
      if (/models? (are|is) not in|ENOENT|onnx/i.test(trouble.message))
        return `The built-in voice can’t start: its speech models are not there or are damaged. Install Parley again; of a checkout, run “node scripts/models.mjs”. ${meanwhile}`
      if (/ENOSPC|EDQUOT/.test(trouble.message))
        return `The built-in voice can’t start: the disk is full. Free some space and try again. ${meanwhile}`
      if (/EACCES|EPERM|EROFS/.test(trouble.message))
        return `The built-in voice can’t start: it may not write to Parley’s data folder. Make it yours again and try again. ${meanwhile}`
      return `The built-in voice can’t start. Try again; if it stays so, install Parley again. ${meanwhile}`
    case 'exited':
      return `The built-in voice ended by itself each time it was started, as it does where there is too little memory. Close other programs and try again. ${meanwhile}`
    case 'late':
      return `The built-in voice was not ready in time, as happens on a busy computer. Close other programs and try again. ${meanwhile}`
  }
}
