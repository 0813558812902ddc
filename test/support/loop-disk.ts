// A disk of its own in a file, with a real file system of the kernel's: a copy of the file is what a power cut leaves.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'

export const fileSystems = {
  ext4: { make: ['mkfs.ext4', '-q', '-F'], bytes: 48e6 },
  xfs: { make: ['mkfs.xfs', '-q', '-f'], bytes: 320e6 },
} as const
export type FileSystem = keyof typeof fileSystems

const run = (command: string, ...args: string[]): void =>
  void execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })

/** False where the system does not let us, or its tools are not there. */
export function makeDisk(kind: FileSystem, image: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const { make, bytes } = fileSystems[kind]
  const [command, ...options] = make
  try {
    writeFileSync(image, '')
    truncateSync(image, bytes)
    run(command, ...options, image)
    const probe = `${image}.probe`
    mountDisk(image, probe)()
    rmSync(probe, { recursive: true })
    return true
  } catch {
    return false
  }
}

/** A file system whose journal has to be replayed is made good by mounting it. @returns the way back */
export function mountDisk(image: string, folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  run(
    'mount',
    '-o',
    'loop,nouuid'
      .split(',')
      .slice(0, isXfs(image) ? 2 : 1)
      .join(','),
    image,
    folder,
  )
  return () => run('umount', folder)
}

function isXfs(image: string): boolean {
  const text = execFileSync('head', ['-c', '4', image]).toString('latin1')
  return text === 'XFSB'
}

/** While nobody writes to it but the kernel: copied until two looks agree. */
export function copyDisk(image: string, copy: string): void {
  for (let look = 0; look < 10; look += 1) {
    run('cp', '--sparse=always', image, copy)
    try {
      run('cmp', image, copy)
      return
    } catch {
      // The kernel wrote meanwhile.
    }
  }
  throw new Error('the disk never came to rest')
}
