// Where keys, passwords and the system's own settings lie: no tool sees them, whatever was granted around them.
import { homedir } from 'node:os'
import { relative, sep } from 'node:path'

/** Folders whose whole purpose is secrets, wherever they lie. */
const privateFolders = new Set([
  '.ssh',
  '.gnupg',
  '.aws',
  '.azure',
  '.kube',
  '.docker',
  '.password-store',
  '.mozilla',
  '.thunderbird',
  'keyrings',
  'gcloud',
  'keychains',
])

const privateFiles =
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|\.netrc|_netrc|\.pgpass|\.git-credentials|\.npmrc|\.pypirc|\.vault-token|\.htpasswd|shadow|gshadow|[^/]+\.(?:kdbx|keystore|jks|p12|pfx))$/i

/** Whose own settings a system obeys. */
const systemFolders = [
  '/etc',
  '/proc',
  '/sys',
  '/dev',
  '/boot',
  '/root',
  '/run',
  '/var/run',
  '/var/lib',
  '/var/spool',
  '/var/log',
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib64',
  '/System',
  '/Library',
  '/private/etc',
  '/private/var/db',
  'C:\\Windows',
  'C:\\Program Files',
  'C:\\Program Files (x86)',
  'C:\\ProgramData',
]

/** @param path of a file or folder */
export function isPrivate(path: string): boolean {
  const names = path.split(/[\\/]/)
  return names.some((name) => privateFolders.has(name.toLowerCase())) || privateFiles.test(names.at(-1) ?? '')
}

export function isSystem(path: string, home = homedir()): boolean {
  const isIn = (folder: string): boolean =>
    path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
  // Sticks and disks are mounted in /run/media; the administrator's home is /root, a home like any other.
  return !isIn('/run/media') && systemFolders.some((folder) => isIn(folder) && folder !== home)
}

/** Hidden folders directly in the home folder hold settings that programs obey, and their keys. */
export function isHiddenInHome(path: string, home = homedir()): boolean {
  const inside = relative(home, path)
  const [first = ''] = inside.split(/[\\/]/)
  return inside !== '' && first !== '..' && first.startsWith('.')
}
