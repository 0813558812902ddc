// The person's words in the two forms that skills read: `plain` keeps their own words for what is to be kept or
// repeated, `text` is levelled (lower case, digits, no contractions or fillers) for patterns to match.
import { digitsOf, timesOf } from './numbers.ts'

export interface Heard {
  /** As it came. */
  raw: string
  /** Own words and case, without fillers, address and politeness. */
  plain: string
  /** Levelled; empty when nothing was said. */
  text: string
}

/** Longer input is cut: nobody says more in one breath, and patterns stay quick. */
const maxChars = 2_000

const contractions: readonly (readonly [RegExp, string])[] = [
  [/\b(what|who|where|when|how|that|it|there|here|he|she)'?s\b(?! list)/g, '$1 is'],
  [/\b(i)'?m\b/g, '$1 am'],
  [/\b(you|we|they)'re\b/g, '$1 are'],
  [/\b(i|you|we|they)'ve\b/g, '$1 have'],
  [/\b(i|you|we|they|he|she|it)'ll\b/g, '$1 will'],
  [/\b(i|you|we|they|he|she)'d\b/g, '$1 would'],
  [/\b(do|does|did|is|are|was|have|has|had|could|would|should)n'?t\b/g, '$1 not'],
  [/\bcan'?t\b|\bcannot\b/g, 'can not'],
  [/\bwon't\b/g, 'will not'],
  [/\bwanna\b/g, 'want to'],
  [/\bgonna\b/g, 'going to'],
  [/\bgimme\b/g, 'give me'],
  [/\bwhat are's\b/g, 'what is'],
]

/** Spellings levelled so that one pattern serves both sides of the ocean. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/\bcolor(s?)\b/g, 'colour$1'],
  [/\bfavorite(s?)\b/g, 'favourite$1'],
  [/\b(kilo|centi|milli)?meter(s?)\b/g, '$1metre$2'],
  [/\b(milli)?liter(s?)\b/g, '$1litre$2'],
  [/\b(summar|memor|organ|apolog)iz(e|ed|es|ing)\b/g, '$1is$2'],
  [/\b(mom|mum)(my)?\b/g, 'mum'],
  [/\bgrey\b/g, 'gray'],
  [/\bto-do\b|\bto do (?=list)|\btwo do (?=list)|\btodo\b/g, 'to-do '],
  [/\bper ?cent\b|\bpercentage\b/g, 'percent'],
  [/(\d)\s*%/g, '$1 percent'],
]

/** What recognition makes of a command's first words. */
const mishearings: readonly (readonly [RegExp, string])[] = [
  [/^(?:what|one|but|that|watt|want|what's) (?:his|is it|as|does) (?=\d|the (?:time|date|square)|my )/, 'what is '],
  [
    /^(?:wats|what|watts|what's|once|was|is|his|and what is) (?=\d+(?:\.\d+)? (?:plus|minus|times|time|divided|percent|multiplied)\b)/,
    'what is ',
  ],
  [/^1 is (?=\d+(?:\.\d+)? (?:plus|minus|times|divided|percent)\b)/, 'what is '],
  [/^(what|how) is the (?:wether|whether|leather)\b/g, '$1 is the weather'],
  [/^what (?:thyme|type|tim|times?) (?=is it)/, 'what time '],
  [/^what time (?:is eight|is hit|as it|does it|is in|is at)$/, 'what time is it'],
  [
    /^(?:said|sat|sets|sit|sent|sudden|set of|send|satan|seta|upset|center|certain) (?=(?:a |an |the |my )?(?:[\w.]+ ){0,4}(?:timer|alarm|reminder)\b)/,
    'set ',
  ],
  [
    /^(?:set|start|said|send) (?:the |a |an )?(?:time|tire|timor|tyler|tamer|timor|thai mer|tie mer|time are) (?=for \d)/,
    'set a timer ',
  ],
  [/\b(shopping|grocery|to-do|packing) (?:lists?|lest|least|lost|lift|less|missed|mist|wrist)\b/g, '$1 list'],
  [/^tell me (?:a|the) (?:choke|yoke|jerk|coke)$/, 'tell me a joke'],
  [/^(?:at|had|ad|and|adds|as|had to) (?=.+ (?:to|on|onto|too|two) (?:my|the|a)? ?[\w-]* ?list$)/, 'add '],
  [/^(?:add|put) (.+) (?:too|two) (?=(?:my|the) [\w-]* ?list)/, 'add $1 to '],
  [
    /^(?:remained|rewind|reminding|reminds|remind|we mind|mind|re mind|remain) me (?=to|at|in|about|on|tomorrow|that)/,
    'remind me ',
  ],
  [/^(?:flit|flip|clip|slip|foot|for) a coin\b/, 'flip a coin'],
  [/^(?:rule|role|row|roller|roll) (?:a|the) (?:dice|die|dies|dyes|ties)\b/, 'roll a die'],
  [/^(?:spelled|spill|smell|spells|spare|spelling) (?=the word )/, 'spell '],
  [/^how (?:do you|you|to|would you|does one) (?:smell|spill|spelled|spells) /, 'how do you spell '],
  [/^(?:canceled?|cancels|council|counsel|can sell|cancelled) (?=(?:the|my|all|that) )/, 'cancel '],
  [/^how many (?:bays|daisy|day) (?=until|till|to|before|since|are there)/, 'how many days '],
  [/^how (?:main|any|mini|money|many's) (?=\w+ (?:until|in|is|are|till))/, 'how many '],
  [/^(?:comfort|converts|concert|converse|covert|convent|confort) (?=\d)/, 'convert '],
  [
    /^(?:can (?:sell|sew|so|see|say|saw)|cancer|cancelling|castle|cans of) (?=(?:the|my|all|that|a) (?:[\w ]+ )?(?:timer|alarm|reminder)s?$)/,
    'cancel ',
  ],
  [/^\S+ (?:a|the) coin$/, 'flip a coin'],
  [/\bpercent (?:un|on|off a|have|up) ?(?=\d)/, 'percent of '],
  [/^(?:for|but|pat|foot|part|pot|boat) (?=.+ (?:on|to) (?:my|the) [\w-]+ list$)/, 'put '],
  [/^(?:works|words|watson|what son|what) on (?=(?:my|the) (?:[\w-]+ )?list$)/, 'what is on '],
  [/^(?:tell|sell|bell) (?=the word )/, 'spell '],
  [/^how do you (?:tell|sell|smell) (?=\S+$)/, 'how do you spell '],
  [/\b(?:fair|far|for) (?:and|in|on|an) (?:height|hide|hight)\b/g, 'fahrenheit'],
  [/\b(how many) (?:matters|meet her is|matches) (?=are|is|in)/g, '$1 metres '],
]

const leadIn =
  /^(?:(?:um+|uh+|er+|erm|ah+|hm+|mm+|well|so|okay|ok|right|now|oh|alright|actually|also|hey|please|yo|excuse me|just)[, ]+|(?:i'm |i am )?sorry,? (?=\S+ \S+ )|(?:hey |hi |hello |okay |ok )?(?:parley|parlay|barley|computer|assistant)\b[, ]*)/i
const greetingIn = /^(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: there)?[,.! ]+(?=\S+ \S+)/i
const politeIn =
  /^(?:(?:can|could|would|will) you (?!hear|understand|see|speak|talk|sing|dance|think|feel|help|do\b|be\b|marry|really|ever)(?:please |just |quickly |kindly )*(?:tell me (?=what|how|when|who|where|if|the))?|(?:i (?:want|need) you to|i(?:'d| would) like you to|i(?:'d| would) like to|would you mind|would it be possible to|let's|go ahead and) |(?:please )?(?:do you know|tell me|i (?:want|need|would like) to know|let me know|do you happen to know) (?=what|how|when|who|where|the (?:time|date))|i was wondering )/i
const tailOut =
  /[, ]+(?:please|thanks|thank you|thank you very much|for me|would you|could you|will you|if you (?:can|could|don't mind)|now please|parley|okay|ok)$/i
const fillersInside = /(?:^|\s)(?:um+|uh+|erm+|er+)(?=[\s,]|$),?|,\s*(?:you know|i mean|like|basically)\s*,/gi

/** Both forms of what was said. Pure; any string in, bounded work. */
export function understand(words: string): Heard {
  const raw = words.slice(0, maxChars)
  const plain = strip(tidy(raw))
  return { raw, plain, text: level(plain) }
}

function tidy(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/(\d)\s*[*×]\s*(?=[\d(])/g, '$1 times ')
    .replace(/(\d)\s*÷\s*(?=[\d(])/g, '$1 divided by ')
    .replace(/[“”"«»*_#<>[\]{}|~\\]/g, ' ')
    .replace(/[‐‑‒]/g, '-')
    .replace(/[–—…]/g, ' ')
    .replace(/\p{Cc}/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function strip(tidied: string): string {
  let text = trimEnds(tidied.replace(fillersInside, ' ').replace(/\s+/g, ' '))
  for (let round = 0; round < 6; round += 1) {
    const before = text
    text = trimEnds(text.replace(leadIn, ''))
    // "Can you?" alone is a question about itself, and "thank you" alone is thanks.
    for (const pattern of [greetingIn, politeIn, tailOut]) {
      const less = trimEnds(text.replace(pattern, ''))
      if (less !== '') text = less
    }
    if (text === before) break
  }
  // Sounds alone are no words.
  if (/^(?:um+|uh+|er+|erm|ah+|oh|hm+|mm+|you|the|so|and|a|uh huh|i|but)$/i.test(text)) return ''
  return text
}

function trimEnds(text: string): string {
  return text.replace(/^[\s,.!?;:/-]+(?!\d)|^[\s,!?;:]+/, '').replace(/[\s,.!?;:/-]+$/, '')
}

function level(plain: string): string {
  let text = plain
    .toLowerCase()
    .replace(/(\d),(?=\d{3}\b)/g, '$1')
    .replace(/[,;!?]|[.:](?!\d)|(?<!\d)[.:](?=\d)/g, (mark, at: number, all: string) =>
      mark === '.' && /[\s(]/.test(all[at - 1] ?? ' ') ? '0.' : ' ',
    )
    .replace(/\ba\.m\b/g, 'am')
    .replace(/\bp\.m\b/g, 'pm')
    .replace(/\s+/g, ' ')
    .trim()
  for (const [pattern, with_] of contractions) text = text.replace(pattern, with_)
  text = timesOf(digitsOf(text))
  for (const [pattern, with_] of spellings) text = text.replace(pattern, with_)
  text = text.replace(/\s+/g, ' ').trim()
  for (const [pattern, with_] of mishearings) text = text.replace(pattern, with_)
  return text.replace(/\s+/g, ' ').trim()
}
