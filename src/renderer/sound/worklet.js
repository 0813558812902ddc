// The device's sound, in the thread that makes it: frames of the microphone out, queued items in, and the count of what was played.
// Plain JavaScript: the browser loads this file as it is.
/* global AudioWorkletProcessor, registerProcessor, sampleRate */

const frameSamples = 480
/** So much is there before an item begins to sound: the network is uneven. */
const cushionSamples = 0.08 * sampleRate
const fadeSamples = 0.005 * sampleRate
const tellEvery = 0.05 * sampleRate

registerProcessor(
  'parley-sound',
  class extends AudioWorkletProcessor {
    constructor() {
      super()
      this.frame = new Int16Array(frameSamples)
      this.filled = 0
      /** @type {{ at: number, chunks: Float32Array[], offset: number, queued: number, played: number, isFinished: boolean, isBegun: boolean }[]} */
      this.items = []
      this.untold = 0
      this.last = 0
      this.fading = 0
      this.port.onmessage = ({ data }) => this.take(data)
    }

    take(data) {
      if (data.type === 'play') {
        const item = this.itemOf(data.at)
        if (data.samples.length > 0) item.chunks.push(data.samples)
        item.queued += data.samples.length
      } else if (data.type === 'finish') this.itemOf(data.at).isFinished = true
      else if (data.type === 'cut') {
        for (const item of this.items) this.tell('position', item)
        this.items = []
        this.fading = fadeSamples
        this.port.postMessage({ type: 'cut', cut: data.cut })
      }
    }

    itemOf(at) {
      const known = this.items.find((item) => item.at === at)
      if (known) return known
      const made = { at, chunks: [], offset: 0, queued: 0, played: 0, isFinished: false, isBegun: false }
      this.items.push(made)
      return made
    }

    tell(type, item) {
      this.port.postMessage({ type, at: item.at, playedMs: (item.played / sampleRate) * 1000 })
    }

    next() {
      for (;;) {
        const item = this.items[0]
        if (item === undefined) return this.fade()
        item.isBegun ||= item.isFinished || item.queued >= cushionSamples
        const chunk = item.chunks[0]
        if (!item.isBegun) return this.fade()
        if (chunk !== undefined) {
          this.last = chunk[item.offset]
          item.offset += 1
          if (item.offset >= chunk.length) {
            item.chunks.shift()
            item.offset = 0
          }
          item.queued -= 1
          item.played += 1
          this.untold += 1
          this.fading = fadeSamples
          return this.last
        }
        if (!item.isFinished) return this.fade()
        this.items.shift()
        this.tell('ended', item)
      }
    }

    /** From what sounded last to silence, without a click. */
    fade() {
      if (this.fading <= 0) return 0
      this.fading -= 1
      return this.last * (this.fading / fadeSamples)
    }

    process([input], [output]) {
      for (const sample of input?.[0] ?? []) {
        this.frame[this.filled] = Math.max(-32768, Math.min(32767, Math.round(sample * 32767)))
        this.filled += 1
        if (this.filled < frameSamples) continue
        this.port.postMessage({ type: 'frame', frame: this.frame.slice() })
        this.filled = 0
      }
      const [channel] = output
      if (channel) for (let at = 0; at < channel.length; at++) channel[at] = this.next()
      for (const other of output.slice(1)) other.set(channel)
      if (this.untold >= tellEvery && this.items[0]) {
        this.untold = 0
        this.tell('position', this.items[0])
      }
      return true
    }
  },
)
