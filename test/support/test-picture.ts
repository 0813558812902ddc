// A real PNG of any size, in one colour, with a stripe of another so that two differ.
import { deflateSync } from 'node:zlib'
import { checksum } from '../../src/core/store/crc32.ts'

export function pngOf(width: number, height: number, [red, green, blue] = [40, 120, 200]): Buffer {
  const row = Buffer.alloc(1 + width * 3)
  for (let x = 0; x < width; x += 1)
    row.set(x < width / 4 ? [250, 200, 40] : ([red, green, blue] as number[]), 1 + x * 3)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

function chunk(name: string, data: Buffer): Buffer {
  const inner = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, inner, Buffer.from(checksum(inner), 'hex')])
}
