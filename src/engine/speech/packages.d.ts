// Types that the speech packages and Node's own type package leave out: only what is used here.
declare module '@echogarden/speex-resampler-wasm' {
  export interface SpeexModule {
    HEAP16: Int16Array
    HEAP32: Int32Array
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
      inputLength: number,
      output: number,
      outputLength: number,
    ): number
  }
  const load: () => Promise<SpeexModule>
  export default load
}

declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer
  }
  type Module = object
  const Module: new (bytes: Uint8Array) => Module
  interface Instance {
    readonly exports: Record<string, unknown>
  }
  const Instance: new (
    module: Module,
    imports: Record<string, Record<string, (...args: never[]) => unknown>>,
  ) => Instance
}
