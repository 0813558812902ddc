// Greetings, thanks and the like. It never claims feelings, senses or a life it doesn't have.
import type { Scene, Skill } from '../skill.ts'
import { pick } from '../skill.ts'
import { partsAt } from '../../language/zoned.ts'

type Ways = readonly [string, ...string[]]

const table: readonly (readonly [RegExp, (scene: Scene) => Ways])[] = [
  [
    /^(?:hi|hello|hey|hiya|howdy|greetings|yo|hello hello|hi there|hello there|hey there|hello again|hi again|halo|hallo)(?: \w+)?$/,
    () => ['Hello! What can I do for you?', 'Hi there. How can I help?', 'Hello. What would you like?'],
  ],
  [
    /^good (?:morning|afternoon|evening|day)(?: \w+)?$/,
    (scene) => [`Good ${partOfDay(scene)}! How can I help?`, `Good ${partOfDay(scene)}. What would you like?`],
  ],
  [
    /^(?:good ?night|sleep well|sweet dreams|night night|nighty night)(?: \w+)?$/,
    () => ['Good night. Sleep well.', 'Good night!'],
  ],
  [
    /^(?:bye|goodbye|good bye|bye bye|see you|see you (?:later|soon|tomorrow)|talk to you (?:later|soon)|farewell|so long|catch you later|i have to go|i am leaving|that is all|that will be all|that is it)(?: for (?:now|today))?(?: bye)?$/,
    () => ['Goodbye!', 'Bye for now.', 'See you later.'],
  ],
  [
    /^(?:thanks|thank you|thank you (?:so|very) much|thanks (?:a lot|very much|so much|a bunch)|many thanks|cheers|thank you (?:for .+|\w+)|thanks (?:for .+|\w+)|much appreciated|i appreciate (?:it|that)|thank you that (?:is|was) .+)$/,
    () => ["You're welcome.", 'Any time.', 'Glad to help.'],
  ],
  [
    /^(?:how are you(?: doing| feeling| today| doing today| feeling today| this morning)?|how is it going|how do you do|how are things|how have you been|how is your day(?: going)?|are you (?:okay|well|all right|alright)|what is up|how was your day|you all right|how do you feel)$/,
    () => ["I'm running well, thank you. How can I help?", 'All is well here, thanks. What can I do for you?'],
  ],
  [
    /^(?:i am |i feel |i am doing )?(?:fine|good|great|very well|well|not bad|all right|alright|doing well|pretty good|very good|okay)(?: thanks| thank you)?(?: (?:and|how about) you)?$/,
    () => ['Good to hear.', 'Glad to hear it.'],
  ],
  [
    /^(?:who are you|what are you|what is your name|what are you called|what (?:should|can|do) i call you|who am i (?:talking|speaking) (?:to|with)|introduce yourself|tell me about yourself|do you have a name|who is this|what do they call you|your name)$/,
    ({ name }) => [
      `I'm ${name}, a voice companion that runs on this computer.`,
      `My name is ${name}. I'm a voice companion on this computer.`,
    ],
  ],
  [
    /^(?:are you (?:a )?(?:human|real|a person|a robot|an? ai|a machine|a computer|alive|conscious|a bot)|are you (?:human|real) or .+|is this a (?:robot|bot|real person|human))$/,
    () => ["I'm a program, not a person.", "No, I'm not a person. I'm a program on this computer."],
  ],
  [
    /^(?:who (?:made|built|created|wrote|programmed) you|where (?:do you come|are you) from|where (?:are|do) you (?:live)?|how old are you|when were you (?:born|made))$/,
    () => ["I'm a program on this computer. That's all there is to tell about me."],
  ],
  [
    /^(?:do you (?:have|feel|got) (?:any )?(?:feelings|emotions|pain)|do you love me|i love you|i like you|will you marry me|are you (?:happy|sad|tired|bored|hungry|angry))$/,
    () => ["That's kind, but I'm a program and don't have feelings.", "I'm a program, so I don't have feelings."],
  ],
  [
    /^what is your favourite .+$|^do you like .+$|^what do you (?:like|think (?:of|about) .+)$|^do you (?:eat|sleep|drink|dream).*$/,
    () => ["I'm a program, so I don't have favourites.", "I don't have tastes of my own. I'm a program."],
  ],
  [
    /^(?:what can you do|what can i (?:ask|say|do)(?: you)?|help|help me|what do you do|what are you able to do|how can you help(?: me)?|what are your (?:skills|abilities|capabilities|features)|how do(?:es)? (?:this|you) work|what else(?: can you do)?|i need help|what are you good (?:at|for)|(?:can you )?remember things|show me what you can do|(?:can|could) you help(?: me)?(?: with .+)?|do you know anything|give me (?:some )?help)$/,
    () => [
      'I can tell the time and date, do sums and conversions, set timers and reminders, keep lists and notes, and remember what you tell me.',
    ],
  ],
  [/^that was (?:bad|terrible|awful|not (?:very )?(?:good|funny))$|^not funny$/, () => ['Sorry about that.']],
  [
    /^(?:are you (?:chat ?gpt|gpt|siri|alexa|gemini|claude|a language model|smart)|what (?:language )?model (?:are you|do you use|is this)|why can (?:you not|not you) (?:answer|do|help|look)\b.*)$/,
    () => ["I'm Parley's built-in voice, and no model is connected. With one I could answer far more."],
  ],
  [
    /^(?:(?:do|can) you (?:understand|speak|know) (?:german|spanish|french|italian|other languages|any other languages?)|what languages do you (?:speak|know|understand))$/,
    () => ['Without a model I understand only English.'],
  ],
  [
    /^(?:how much do you cost|what do you cost|are you free|do you cost (?:anything|money))$/,
    () => ['I cost nothing: I run on this computer.'],
  ],
  [
    /^(?:can you hear me|do you hear me|are you (?:there|listening|still there|awake|on)|hello can you hear me|is anybody there|is anyone there|testing|test|testing 1 2 3|test test|1 2 3|mic check|you there)(?: now)?$/,
    () => ['Yes, I can hear you.', "Yes, I'm here."],
  ],
  [
    /^(?:never ?mind|forget it|cancel|stop|stop it|stop talking|be quiet|mute|quiet|shut up|enough|that is enough|no thanks|no thank you|nothing|nothing else|not now|leave it|hush|silence|hold on|wait|1 moment|just a (?:moment|second|minute)|hang on)$/,
    () => ['Okay.', 'All right.'],
  ],
  [
    /^(?:tell|give) me a(?:nother)? (?:joke|funny story)|^(?:make me laugh|say something funny|do you know (?:a|any) jokes?|joke|another joke|know any jokes)$/,
    () => [
      'I tried to write a joke about timers, but it went off early.',
      "I keep a list of my best jokes. It's empty, but very well kept.",
      'Why did the number go to bed? It wanted to be rounded down.',
      'I had a joke about spelling, but I lost the plot. P, L, O, T.',
    ],
  ],
  [
    /^(?:tell me (?:a story|something|something interesting|a fun fact|a fact)|say something|talk to me|entertain me|i am bored|sing(?: me)? a song|sing(?: something| to me)?|read me a (?:poem|story)|tell me a poem)$/,
    () => ["I'm not much of an entertainer, but I can tell a short joke, flip a coin or roll a die."],
  ],
  [
    /^(?:sorry about that|i am sorry|my apologies|my bad|i apologise|oops|excuse me|whoops)$/,
    () => ['No problem.', "That's all right."],
  ],
  [
    /^(?:good job|well done|great job|nice|nice work|great|perfect|excellent|awesome|cool|wonderful|brilliant|amazing|that is (?:great|good|perfect|nice|right|correct|wonderful|amazing|cool|brilliant|helpful)|you are (?:great|good|awesome|the best|amazing|smart|clever|funny|helpful|nice|right|welcome|cool)|very (?:good|nice)|good (?:boy|girl|bot)|i see|interesting|fantastic|lovely|sounds good|good to know|got it|fair enough|that is all right|ha(?: ha)*|haha|wow|lol)$/,
    () => ['Thank you.', 'Glad it helps.', 'Good.'],
  ],
  [
    /^(?:you are (?:stupid|dumb|useless|wrong|an idiot|terrible|bad|annoying)|that (?:is|was) (?:wrong|not right|not correct|not what i (?:asked|said|meant|wanted)|incorrect|bad)|no that is (?:wrong|not right|not what i (?:asked|said|meant))|wrong|i hate you|bad (?:boy|girl|bot)|you (?:did not|do not) understand(?: me)?|you (?:got|heard) (?:it|that|me) wrong|not that)$/,
    () => [
      "I'm sorry about that. Please say it once more in other words.",
      'Sorry, I got that wrong. Could you say it another way?',
    ],
  ],
  [
    /^(?:merry|happy) (?:christmas|easter|new year|birthday|halloween|thanksgiving|holidays|weekend|friday)(?: \w+)?$/,
    () => ['Thank you, and the same to you!', 'The same to you!'],
  ],
  [
    /^(?:i am|i feel|i have been|i am feeling|i am so|i am really)(?: \w+)? (?:tired|sad|unhappy|lonely|sick|ill|stressed|down|exhausted|upset|depressed|anxious|unwell|angry)(?: \w+)*$|^i (?:had|have had|am having) a (?:\w+ )?(?:bad|long|hard|rough|terrible|stressful|tough|awful) (?:day|week|night|time)(?: .*)?$/,
    () => [
      "I'm sorry to hear that. I'm here if I can help with anything.",
      'That sounds hard. Is there something I can do for you?',
    ],
  ],
  [
    /^(?:i am|i feel|i am feeling|i am so|i am really) (?:\w+ )?(?:happy|excited|glad|hungry|thirsty|ready|back|home|here|busy|awake|better)(?: \w+)*$|^i (?:had|am having) a (?:\w+ )?(?:good|great|nice|lovely|wonderful|fun) (?:day|week|time|weekend|evening)(?: .*)?$/,
    () => ['Good to know.', 'I see. Tell me if I can help.'],
  ],
  [
    /^(?:yes|yeah|yep|yup|sure|of course|correct|right|exactly|indeed|yes please|please do|absolutely|uh huh|mm hmm|okay|ok|alright|all right|fine|good|no problem)$/,
    () => ['Okay. What would you like?', 'All right. What can I do?'],
  ],
  [/^(?:no|nope|nah|not really|no no|i do not think so|not at all)$/, () => ['Okay.', 'All right.']],
  [
    /^(?:can|could) (?:you|i) (?:ask|tell) you (?:something|a question)$|^(?:i have a question|may i ask you something|i want to ask you something|listen|guess what|you know what|are you ready|ready)$/,
    () => ['Go ahead.', 'Yes, please go on.'],
  ],
  [
    /^(?:do you (?:listen|record|spy)(?: to)?.*|are you (?:recording|spying|listening to everything).*|is this private|where does my (?:voice|data) go|do you (?:need|use) the internet|are you (?:online|offline|connected)(?: .*)?|do you work offline)$/,
    () => ['I run on this computer and work without the internet. What I keep for you stays here.'],
  ],
]

export const smallTalk: Skill = {
  name: 'small-talk',
  kind: 'talk',
  examples: [
    'how are you',
    'what can you do',
    'who are you',
    'thank you',
    'good morning',
    'tell me a joke',
    'what is your name',
    'can you hear me',
  ],
  answer({ text }, scene) {
    const bare = text.replace(/ (?:parley|my friend|buddy|mate|dear)$/, '')
    const ways = table.find(([pattern]) => pattern.test(bare))?.[1]
    if (ways === undefined) return null
    const topic = scene.topic !== null && /^(?:that was|not funny)/.test(bare) ? { topic: scene.topic } : {}
    if (!/joke|laugh|funny story|something funny/.test(bare)) return { say: pick(scene.random, ways(scene)), ...topic }
    const last = scene.memos.findLast((memo) => memo.type === 'message' && memo.role === 'assistant')
    const [first, ...rest] = ways(scene).filter((way) => last?.type !== 'message' || last.text !== way)
    return { say: pick(scene.random, [first ?? '', ...rest]), topic: { about: 'chance', command: bare } }
  },
}

function partOfDay(scene: Scene): string {
  const { hour } = partsAt(scene.nowMs, scene.timeZone)
  return hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening'
}
