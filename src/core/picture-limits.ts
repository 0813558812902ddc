// What services take of a picture, and what Parley keeps and gives of one. The one list of it, as of 26 November 2026 (the guide
// “Images and vision” at developers.openai.com/api/docs/guides/images-vision and the types of the openai package). Other
// servers' limits are nobody's to list; what these take is taken by those that are known.

/** A service makes a larger one as small as this before its model sees it: more only costs bytes. */
const longestPx = 2_048
const shortestPx = 768
/** Pictures are counted by squares of that side. */
const tilePx = 512
const baseTokens = 85
const tokensOfTile = 170

export const pictureLimits = {
  /** Of one picture as it is kept and sent; a picture must not hold up the sound of its line for long. */
  bytes: 1_500_000,
  /** A window aims at so many: sound shares the line with them. */
  usualBytes: 400_000,
  ofTurn: 4,
  /** A server gives back what it was given, in a frame of bounded length. */
  bytesOfTurn: 3_000_000,
  ofConversation: 200,
  bytesOfConversation: 64 * 1024 * 1024,
  nameCharacters: 80,
  /** Either side, of what may be kept. */
  largestPx: 8_192,
} as const

/** What a voice session takes; of the others only what was kept is shown. */
export const voiceTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg'])

export interface Size {
  width: number
  height: number
}

/** As large as a model sees it; never enlarged. */
export function fitted({ width, height }: Size): Size {
  const share = Math.min(1, longestPx / Math.max(width, height), shortestPx / Math.min(width, height))
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) }
}

/** What a picture of that size counts as. */
export function pictureTokens(size: Size): number {
  const { width, height } = fitted(size)
  return baseTokens + tokensOfTile * Math.ceil(width / tilePx) * Math.ceil(height / tilePx)
}
