// A window or a screen of which a picture can be taken, as it is shown to be chosen.
export interface ScreenSource {
  id: string
  /** As the system names it. */
  name: string
  kind: 'window' | 'screen'
  /** A small picture of it as an address for an image; null where the system gives none. */
  thumbnail: string | null
}
