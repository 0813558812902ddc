// Sixty things that people say to a voice companion on an ordinary day, in three languages, some as an ear mishears them.
// Each conversation is held from its first line; what an answer must be like stands beside it.
export type Kind = 'answered' | 'followed up' | 'declined'
export type Line = readonly [said: string, kind: Kind, like: RegExp]

const notUnderstood = /understand that|what to do with that|can't say much to that/
const german = /^Ohne Modell verstehe ich nur Englisch\./
const spanish = /^Sin un modelo solo entiendo inglés\./

export const everyday: readonly (readonly Line[])[] = [
  [
    ["What's the capital of Australia?", 'declined', /^I can't look things up without a model\. Connect a key/],
    ['And of New Zealand?', 'declined', /^I can't look things up without a model\.$/],
    ['Who wrote Pride and Prejudice?', 'declined', /can't look things up/],
    ['Why is the sky blue?', 'declined', /^I can't explain that without a model\.$/],
    ['How do I boil an egg?', 'declined', /can't explain that/],
    ['What should I cook tonight?', 'declined', /can't advise you/],
    ['Write a poem about the rain', 'declined', /can't write that/],
    ['Translate good morning into German', 'declined', /can't translate/],
    ["What's the weather like?", 'declined', /can't check the weather/],
    ['What about tomorrow?', 'followed up', /can't check the weather/],
    ['What is in the news?', 'declined', /can't read the news/],
    ['Play some music', 'declined', /can't play music/],
    ['Call my mother', 'declined', /can't make calls/],
    ['Turn on the lights in the kitchen', 'declined', /can't control/],
    ['Order me a pizza', 'declined', /can't look up places or book/],
  ],
  [
    ['What is 15 percent of 80?', 'answered', /\b12\b/],
    ['No, I meant 18 percent.', 'followed up', /\b14\.4\b/],
    ['And of 120?', 'followed up', /\b21\.6\b/],
    ['Times three', 'followed up', /\b64\.8\b/],
    ['Set a timer for ten minutes.', 'answered', /10 minutes/],
    ['Make it 12', 'followed up', /12 minutes/],
    ['How much time is left?', 'answered', /12 minutes left/],
    ['Cancel the timer', 'answered', /cancelled your 12 minute timer/],
    ['How warm is 20 degrees Celsius in Fahrenheit?', 'answered', /68 degrees/],
    ['And in Kelvin?', 'followed up', /293\.15 kelvin/],
    ['Remind me tomorrow at 9 to call Anna', 'answered', /tomorrow at 9 AM to call Anna/],
    ['No, at 10', 'followed up', /tomorrow at 10 AM to call Anna/],
    ['Add milk to my shopping list', 'answered', /milk/i],
    ['And eggs', 'followed up', /eggs/i],
    ["What's on my shopping list?", 'answered', /milk and eggs/],
  ],
  [
    ['Tell me a joke', 'answered', /joke|timers|number/],
    ['Another one', 'followed up', /joke|timers|number/],
    ['Louder', 'followed up', /as loud as I speak/],
    ['Slower', 'followed up', /joke|number|timers/],
    ['Flip a coin', 'answered', /Heads|Tails/],
    ['Again', 'followed up', /Heads|Tails/],
    ['Roll a dice', 'answered', /\d/],
    ['Another one', 'followed up', /\d/],
    ['What time is it?', 'answered', /\d+(?::\d\d)? [AP]M|noon|midnight/],
    ['And in Tokyo?', 'followed up', /In Tokyo/],
    ['What day is it?', 'answered', /20\d\d/],
    ['What about tomorrow?', 'followed up', /^Tomorrow is/],
    ['How do you spell necessary?', 'answered', /N, E, C, E, S, S, A, R, Y/],
    ['And rhythm?', 'followed up', /R, H, Y, T, H, M/],
  ],
  [
    ['Wie spät ist es?', 'declined', german],
    ['Was ist die Hauptstadt von Australien?', 'declined', german],
    ['Stell bitte einen Timer auf fünf Minuten', 'declined', german],
    ['Und das Wetter morgen?', 'declined', german],
    ['Guten Morgen', 'declined', german],
    ['¿Qué hora es?', 'declined', spanish],
    ['¿Cuál es la capital de Francia?', 'declined', spanish],
    ['Pon un temporizador de diez minutos', 'declined', spanish],
    ['Buenos días', 'declined', spanish],
    ['Quelle heure est-il ?', 'declined', /^That isn't English/],
  ],
  // Foreign speech and mumbling as English recognition writes them down.
  [
    ['vee spate is s', 'declined', notUnderstood],
    ['kay or ah ess', 'declined', notUnderstood],
    ['lease find the lard is pile in the fold her eye granted', 'declined', notUnderstood],
    ['stellar bitter timer out funk minute', 'declined', notUnderstood],
    ['what thyme is hit', 'answered', /Did you mean: what time is it\?/],
    ['Yes', 'followed up', /\d+(?::\d\d)? [AP]M|noon|midnight/],
  ],
]
