// Which language typed words are in, as far as the small words of a language and its letters tell. It is told apart only to
// be declined: what is unsure counts as English. Pure.
export type Language = 'en' | 'de' | 'es' | 'other'

const words = (text: string): Set<string> => new Set(text.split(' '))

/** Words that a sentence of the language can hardly do without, and greetings. Names and nouns are none. */
const small: Readonly<Record<string, ReadonlySet<string>>> = {
  en: words(
    'the is are am was were be of to and a i you he she it we they my your me what who where when which why how do does did can could will would should in on at for with from by this that there not no yes please set add tell give make take read show say spell repeat remember have has had but if or so about between after before hello hi thanks thank',
  ),
  de: words(
    'der die das den dem des ein eine einen einem ist sind bin bist war und oder aber nicht kein keine ich du er sie wir ihr mir mich dir dich mein meine dein deine was wer wie wo wann warum welche welcher wieviel wie viel auf für von zu zum zur mit bei aus nach über bitte danke heute morgen gestern hallo guten tag abend kannst kann könntest hast hat habe gibt es mal sag stell erzähl wird werden spät uhr stelle einen kostet macht geht spiel ruf noch nochmal mach mache schalte licht öffne zeig wecke lauter leiser langsamer schneller stopp',
  ),
  es: words(
    'el la los las un una unos unas es son está están soy eres y o pero que qué quién quien cómo como dónde donde cuándo cuando cuánto cuánta cuántos cuántas cuál por para con sin del al mi tu su me te se le lo de en hoy mañana ayer hola buenos buenas días tardes noches gracias favor puedes puede tienes tiene hay hora pon dime cuéntame cuesta otra otro vez repite llama enciende apaga abre más alto bajo despacio rápido adiós',
  ),
  fr: words(
    'le la les un une des du est sont suis et ou mais que qui quoi où quand comment pourquoi quel quelle je tu il elle nous vous mon ma mes ton ce cette pas ne pour avec dans sur bonjour merci salut aujourd demain heure fait il-y-a combien',
  ),
  it: words(
    'il lo gli uno una è sono sei e o ma che chi cosa come dove quando perché quale io tu lui lei noi mio mia tuo non per con nel della di da oggi domani ciao buongiorno grazie ora fa',
  ),
  pt: words(
    'o os um uma é são e ou mas que quem como onde quando qual eu você ele ela meu minha não para com em do da dos das hoje amanhã olá obrigado obrigada bom dia horas são está fazer',
  ),
  nl: words(
    'de het een is zijn ben en of maar dat wie wat waar wanneer hoe waarom ik jij je hij zij wij mijn jouw niet geen voor met van naar vandaag morgen hallo dank goedemorgen laat',
  ),
}
/** Letters and marks that English has not. */
const marks: Readonly<Record<string, RegExp>> = {
  de: /[äöüß]/,
  es: /[ñ¿¡]/,
  fr: /[çèêëîïœ]|\b[dlj]'/,
  pt: /[ãõ]/,
  it: /[ìò]/,
}

const mostChars = 400

export function languageOf(said: string): Language {
  const text = said.slice(0, mostChars).toLowerCase().normalize('NFC')
  const letters = text.match(/\p{L}/gu) ?? []
  const foreign = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter)).length
  if (letters.length > 0 && foreign * 2 > letters.length) return 'other'
  const tokens = text.match(/\p{L}+(?:['’-]\p{L}+)*/gu) ?? []
  const score = (language: string): number =>
    tokens.filter((token) => small[language]?.has(token.replace(/['’].*$/, ''))).length +
    (marks[language]?.test(text) === true ? 1 : 0)
  const english = score('en')
  const [best, hits] = Object.keys(small)
    .filter((language) => language !== 'en')
    .map((language) => [language, score(language)] as const)
    .reduce((one, other) => (other[1] > one[1] ? other : one))
  // Two small words, or a greeting alone, and hardly an English one among them.
  const isEnough = hits >= 2 || (hits === 1 && tokens.length <= 2 && tokens.some((token) => token.length > 3))
  if (!isEnough || hits < 3 * english) return 'en'
  return best === 'de' || best === 'es' ? best : 'other'
}
