// The one-file build of mathjs, which comes without types of its own.
declare module 'mathjs/lib/browser/math.js' {
  import type * as mathjsModule from 'mathjs'
  const mathjs: typeof mathjsModule
  export default mathjs
}
