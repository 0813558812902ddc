import { execFileSync } from 'node:child_process'
import { onTestFinished } from 'vitest'

/** Makes the folder a disk of 256 KiB of its own until the test is over. @returns false where the system does not let us */
export function mountSmallDisk(folder: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return false
  }
  onTestFinished(() => void execFileSync('/bin/umount', ['-l', folder]))
  return true
}
