// This device's microphone and loudspeaker while it holds the floor. The browser takes the echo out; the worklet counts what sounds.
import workletUrl from './worklet.js?url&no-inline'

export interface DeviceSound {
  /** What main sent: the item's number in four bytes, then PCM16 of 24 kHz. */
  play(bytes: ArrayBuffer): void
  /** What main says of it: `finish`, `cut`. */
  hear(said: unknown): void
  close(): void
}

const rateHz = 24_000

/** Rejects where the person or the browser gives no microphone. */
export async function openDeviceSound(opts: {
  /** A frame of 20 ms, PCM16. */
  onFrame: (frame: Int16Array) => void
  /** What has sounded, for main. */
  onSaid: (said: unknown) => void
  /** It was unplugged, or the system or the person took it away from the page. */
  onMicrophoneGone: () => void
}): Promise<DeviceSound> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
  })
  for (const track of stream.getTracks()) track.addEventListener('ended', opts.onMicrophoneGone, { once: true })
  const context = new AudioContext({ sampleRate: rateHz, latencyHint: 'interactive' })
  const close = (): void => {
    for (const track of stream.getTracks()) track.stop()
    void context.close()
  }
  try {
    await context.audioWorklet.addModule(workletUrl)
    const node = new AudioWorkletNode(context, 'parley-sound', { outputChannelCount: [1] })
    context.createMediaStreamSource(stream).connect(node).connect(context.destination)
    node.port.onmessage = ({ data }: MessageEvent<{ type: string; frame?: Int16Array }>) => {
      if (data.frame) opts.onFrame(data.frame)
      else opts.onSaid(data)
    }
    await context.resume()
    return {
      play(bytes) {
        const at = new DataView(bytes).getUint32(0, true)
        const samples = Float32Array.from(new Int16Array(bytes.slice(4)), (sample) => sample / 32_768)
        node.port.postMessage({ type: 'play', at, samples }, [samples.buffer])
      },
      hear: (said) => node.port.postMessage(said),
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}
