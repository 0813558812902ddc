// The system's keyring through Electron. On Linux without a keyring Electron encrypts with a password that is in its source,
// which keeps nobody out: that counts as none.
import { safeStorage } from 'electron'
import type { Cipher } from '../keyring.ts'

export const systemCipher: Cipher = {
  async isSecret() {
    if (process.platform === 'linux') {
      const backend = safeStorage.getSelectedStorageBackend()
      if (backend === 'basic_text' || backend === 'unknown') return false
    }
    return safeStorage.isAsyncEncryptionAvailable()
  },
  encrypt: (text) => safeStorage.encryptStringAsync(text),
  async decrypt(bytes) {
    const { result } = await safeStorage.decryptStringAsync(Buffer.from(bytes))
    return result
  },
}
