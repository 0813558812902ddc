// Words that tell whether a sentence goes on. English, as the recogniser writes them: lower case, no punctuation.

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/))

/** After one of these something must follow, whatever stood before. */
export const openWords = words(`
  a an the my your our their every and or but nor because whether although unless if than as into onto upon between among
  during towards via per of by with from for at during i we they is are was were am be been has had will would could should
  can may might must i'm i'll i'd i've we're we'll they're it's there's that's what's who's where's how's says named very
  really quite which whose while until plus minus`)

/** Prepositions that may end a question ("who are you talking to") or a phrase ("turn it on"). */
export const strandable = words('to for from about with at of on in like near through by after')

/** These end an order together with its verb: "turn it on", "come in", "write that down". */
export const particles = words('on in off up down out over')
export const particleVerbs = words(
  'turn switch put come log sign plug move go carry get hang hold turned went came it that them',
)

export const fillers = words('um uh erm er hmm hm well so like')

/** "A new …", "the latest …": what is new? */
export const openAdjectives = words(
  'new latest newest nearest fastest longest biggest cheapest entire whole same other certain next',
)
export const adjectiveNouns = words("what's anything something nothing everything is are the-same brand")

export const numberWords = words(`
  zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
  nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half quarter percent`)

/** A sentence that begins so needs a second half, unless it is a question ("when does …"). */
export const subordinators = words(
  'when if because after before while although though since unless once until whenever',
)
export const questionVerbs = words(
  "do does did is are was were will would can could should has have had am don't doesn't didn't isn't won't can't",
)

/** Verbs that want an object: "we should ask", "please send". */
export const transitiveVerbs = words(
  'ask find buy get give make take bring send put need want tell show build install invite visit choose create add',
)

/** "She told me that", "I think that": what? */
export const sayingVerbs = words(
  'told tell said say think thinks thought know knows hope believe sure means mean is was',
)

/** Finite verbs in sight mean that the main clause has begun. */
export const finiteVerbs = words('is are was were will would can could has have had should must does did')

export const pronouns = words('i you he she it we they')
export const questionWords = words("what who where which whom what's who's where's")

/** A sentence that begins so with a noun is about to say something of it. */
export const nounOpeners = words('the my our your his her their this these those a an')
