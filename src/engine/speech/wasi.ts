// The few system calls a command-line program compiled to WASI makes, answered from memory: arguments, and files that
// it writes. No disk, no clock, no input. A program that asks for more gets "not supported".

/** Numbers of WASI preview 1. */
const errno = { success: 0, badFile: 8, notSupported: 58, notSeekable: 29 } as const
const fileType = { directory: 3, regular: 4 } as const
/** 0–2 are the standard streams; the one folder a program sees comes next. */
const folderFd = 3

interface MemoryFile {
  bytes: Uint8Array
  length: number
  position: number
}

/** What a program that ended by itself leaves behind. */
export interface ProgramResult {
  exitCode: number
  /** By the name it was opened with. */
  files: ReadonlyMap<string, Uint8Array>
  /** Standard output and error together. */
  printed: string
}

class ProgramExit extends Error {
  readonly code: number
  constructor(code: number) {
    super(`exit ${code}`)
    this.code = code
  }
}

function append(file: MemoryFile, bytes: Uint8Array): void {
  const end = file.position + bytes.length
  if (end > file.bytes.length) {
    const larger = new Uint8Array(Math.max(end, file.bytes.length * 2))
    larger.set(file.bytes)
    file.bytes = larger
  }
  file.bytes.set(bytes, file.position)
  file.position = end
  file.length = Math.max(file.length, end)
}

function createCalls(args: readonly string[], memory: () => ArrayBuffer) {
  const encodedArgs = args.map((arg) => new TextEncoder().encode(`${arg}\0`))
  const files = new Map<string, MemoryFile>()
  const open = new Map<number, MemoryFile>()
  let printed = ''
  let nextFd = folderFd + 1
  const view = (): DataView => new DataView(memory())
  const copyOf = (at: number, bytes: number): Uint8Array => new Uint8Array(memory(), at, bytes).slice()
  const write32 = (at: number, value: number): void => view().setUint32(at, value, true)

  const calls = {
    args_sizes_get(countAt: number, bytesAt: number) {
      write32(countAt, encodedArgs.length)
      write32(
        bytesAt,
        encodedArgs.reduce((bytes, arg) => bytes + arg.length, 0),
      )
      return errno.success
    },
    args_get(pointersAt: number, textAt: number) {
      let at = textAt
      for (const [index, arg] of encodedArgs.entries()) {
        write32(pointersAt + 4 * index, at)
        new Uint8Array(memory()).set(arg, at)
        at += arg.length
      }
      return errno.success
    },
    clock_time_get(_clock: number, _precision: bigint, timeAt: number) {
      view().setBigUint64(timeAt, 0n, true)
      return errno.success
    },
    fd_fdstat_get(fd: number, statAt: number) {
      new Uint8Array(memory(), statAt, 24).fill(0)
      view().setUint8(statAt, fd === folderFd ? fileType.directory : fileType.regular)
      // All rights, and all of them handed on to opened files.
      view().setBigUint64(statAt + 8, 0xffff_ffff_ffff_ffffn, true)
      view().setBigUint64(statAt + 16, 0xffff_ffff_ffff_ffffn, true)
      return errno.success
    },
    fd_fdstat_set_flags: () => errno.success,
    fd_prestat_get(fd: number, prestatAt: number) {
      if (fd !== folderFd) return errno.badFile
      view().setUint8(prestatAt, 0)
      write32(prestatAt + 4, 1)
      return errno.success
    },
    fd_prestat_dir_name(_fd: number, nameAt: number) {
      view().setUint8(nameAt, '/'.charCodeAt(0))
      return errno.success
    },
    path_open(...call: [number, number, number, number, number, bigint, bigint, number, number]) {
      const [, , nameAt, nameBytes, , , , , fdAt] = call
      const file = { bytes: new Uint8Array(1 << 18), length: 0, position: 0 }
      files.set(new TextDecoder().decode(copyOf(nameAt, nameBytes)), file)
      open.set(nextFd, file)
      write32(fdAt, nextFd++)
      return errno.success
    },
    fd_close: (fd: number) => (open.delete(fd) || fd <= folderFd ? errno.success : errno.badFile),
    fd_read(_fd: number, _vectorsAt: number, _vectors: number, readAt: number) {
      write32(readAt, 0)
      return errno.success
    },
    fd_seek(fd: number, offset: bigint, whence: number, positionAt: number) {
      const file = open.get(fd)
      if (!file) return errno.notSeekable
      const origin = [0, file.position, file.length][whence] ?? 0
      file.position = origin + Number(offset)
      view().setBigUint64(positionAt, BigInt(file.position), true)
      return errno.success
    },
    fd_write(fd: number, vectorsAt: number, vectors: number, writtenAt: number) {
      const file = open.get(fd)
      if (!file && fd > 2) return errno.badFile
      let written = 0
      for (let index = 0; index < vectors; index++) {
        const at = view().getUint32(vectorsAt + 8 * index, true)
        const bytes = copyOf(at, view().getUint32(vectorsAt + 8 * index + 4, true))
        if (file) append(file, bytes)
        else printed += new TextDecoder().decode(bytes)
        written += bytes.length
      }
      write32(writtenAt, written)
      return errno.success
    },
    proc_exit(code: number) {
      throw new ProgramExit(code)
    },
  }
  const result = (exitCode: number): ProgramResult => ({
    exitCode,
    printed,
    files: new Map([...files].map(([name, file]) => [name, file.bytes.subarray(0, file.length)])),
  })
  return { calls, result }
}

/** Runs a program from start to end. Synchronous: it holds the thread for as long as it works. */
export function runProgram(module: WebAssembly.Module, args: readonly string[]): ProgramResult {
  let memory: WebAssembly.Memory | null = null
  const { calls, result } = createCalls(args, () => {
    if (!memory) throw new Error('The program called out before it began.')
    return memory.buffer
  })
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: calls })
  memory = instance.exports['memory'] as WebAssembly.Memory
  try {
    ;(instance.exports['_start'] as () => void)()
    return result(0)
  } catch (error) {
    if (error instanceof ProgramExit) return result(error.code)
    throw error
  }
}
