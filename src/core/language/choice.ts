// Which languages there are to choose from. Apart from their texts, which most who ask for this don't need.

/** Those that are offered, each by its own name. */
export const offeredLanguages = [
  ['en', 'English'],
  ['es', 'Español'],
  ['de', 'Deutsch'],
] as const

/** `x-long` and `x-mirrored` are English made 40 % longer, and from right to left: to look at the window with, not offered. */
export const languageChoices = ['system', 'en', 'es', 'de', 'x-long', 'x-mirrored'] as const
export type LanguageChoice = (typeof languageChoices)[number]
export type LanguageCode = Exclude<LanguageChoice, 'system'>
