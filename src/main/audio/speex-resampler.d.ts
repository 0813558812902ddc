// The package has no types. It is the C library's own interface on a WebAssembly heap; pointers are byte offsets.
declare module '@echogarden/speex-resampler-wasm/simd' {
  export interface SpeexResampler {
    readonly HEAP16: Int16Array
    readonly HEAPU32: Uint32Array
    readonly HEAP32: Int32Array
    _malloc(bytes: number): number
    _free(pointer: number): void
    _speex_resampler_init(channels: number, fromHz: number, toHz: number, quality: number, error: number): number
    _speex_resampler_destroy(state: number): void
    _speex_resampler_skip_zeros(state: number): number
    _speex_resampler_get_input_latency(state: number): number
    _speex_resampler_process_int(
      state: number,
      channel: number,
      input: number,
      inputSamples: number,
      output: number,
      outputSamples: number,
    ): number
  }
  export default function createSpeexResampler(): Promise<SpeexResampler>
}
