// Loaded before the app in a process of its own: makes it fail where nobody catches it, when the test says so.
process.on('SIGUSR2', () => {
  throw new TypeError('canary words that were said, sk-canary-0123456789abcdef')
})
process.on('SIGPIPE', () => {
  void Promise.reject(new Error('canary words that were said'))
})
