// What is asked in the voice measure, and how an answer as meant can be told. Two voices that the engine does not have
// speak twenty questions each; the twenty sentences of the pause measure are broken where ‖ stands.

export interface Question {
  text: string
  /** The answer was meant like this; some depend on the questions before (one conversation per voice). */
  answer: RegExp
}

const either = (...words: string[]): RegExp => new RegExp(words.join('|'), 'i')

export const firstVoice: Question[] = [
  { text: 'What is twenty five times seventeen?', answer: /425|four hundred (and )?twenty.?five/i },
  { text: 'What is fifteen percent of eighty?', answer: /\b12\b|twelve/i },
  { text: 'How many kilometres are ten miles?', answer: /16([.,]| point )?|sixteen/i },
  { text: 'What time is it?', answer: /\d|o'clock|noon|midnight|past|it('s| is)/i },
  {
    text: 'What day is it today?',
    answer: either('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'),
  },
  { text: 'How many days are there until Christmas?', answer: /day|christmas/i },
  { text: 'Set a timer for twenty minutes.', answer: /twenty minutes|20 minutes/i },
  { text: 'Cancel the timer.', answer: either('cancel', 'stopped', 'removed') },
  { text: 'Add milk to the shopping list.', answer: /milk/i },
  { text: 'What is on my shopping list?', answer: /milk/i },
  { text: 'My favourite colour is blue.', answer: /blue|remember|noted|got it|nice|lovely/i },
  { text: 'What is my favourite colour?', answer: /blue/i },
  { text: 'Remember that the car is parked on level three.', answer: /remember|noted|got it|keep|level (three|3)/i },
  { text: 'Where is the car parked?', answer: /level (three|3)/i },
  { text: 'How do you spell necessary?', answer: /n[-., ]+e[-., ]+c[-., ]+e[-., ]+s[-., ]+s[-., ]+a[-., ]+r[-., ]+y/i },
  { text: 'Repeat after me, the sky is clear.', answer: /the sky is clear/i },
  { text: 'Can you say that again?', answer: /the sky is clear/i },
  { text: 'Flip a coin.', answer: either('heads', 'tails') },
  { text: 'Hello, how are you?', answer: either('well', 'fine', 'good', 'great', 'thank', 'hello', 'hi') },
  {
    text: 'What will the weather be like tomorrow?',
    answer: either("can't", 'cannot', 'no ', "don't", 'not able', 'unable'),
  },
]

export const secondVoice: Question[] = [
  { text: 'What is one hundred divided by eight?', answer: /12[.,]5|twelve (point five|and a half)/i },
  { text: 'What is nine squared?', answer: /81|eighty.?one/i },
  { text: 'Convert five feet to metres.', answer: /1[.,]52|one point five/i },
  { text: 'How many grams are in a pound?', answer: /45[34]|four hundred (and )?fifty/i },
  {
    text: 'What is the date today?',
    answer: either(
      'november',
      'december',
      'january',
      'february',
      'march',
      'april',
      'may',
      'june',
      'july',
      'august',
      'september',
      'october',
    ),
  },
  { text: 'Remind me to call my mother at six in the evening.', answer: /mother|remind/i },
  { text: 'What reminders do I have?', answer: /mother|one reminder/i },
  { text: 'Make a note that the meeting moved to Friday.', answer: /not(e|ed)|meeting|friday|got it/i },
  { text: 'Read my notes.', answer: /friday|meeting/i },
  { text: 'Put eggs and butter on the shopping list.', answer: /eggs|butter/i },
  { text: 'Remove eggs from the shopping list.', answer: /eggs|removed|took/i },
  { text: 'What is on the shopping list?', answer: /butter/i },
  { text: 'My name is Martha.', answer: /martha/i },
  { text: 'What is my name?', answer: /martha/i },
  { text: 'Roll a dice.', answer: /[1-6]|one|two|three|four|five|six/i },
  { text: 'Who are you?', answer: /parley/i },
  { text: 'What can you do?', answer: either('time', 'timer', 'list', 'note', 'remember', 'sum') },
  { text: 'Tell me the news.', answer: either("can't", 'cannot', 'no ', "don't", 'not able', 'unable') },
  { text: 'Thank you very much.', answer: either('welcome', 'pleasure', 'any ?time', 'glad', 'problem') },
  { text: 'What did I say my name was?', answer: /martha/i },
]

export const brokenSentences: string[] = [
  'What is twenty five ‖ times seventeen?',
  'Set a timer for ‖ ten minutes.',
  'How many kilometres are in ‖ five miles?',
  'Please add bread and ‖ butter to the shopping list.',
  'Remind me to ‖ call the dentist tomorrow.',
  'I would like to know the ‖ time in London.',
  'Can you tell me what ‖ day it is today?',
  'My favourite colour is ‖ green.',
  'How do you spell the word ‖ necessary?',
  'Make a note that the ‖ meeting moved to Friday.',
  'What is fifteen percent of ‖ eighty?',
  'I was thinking about ‖ going to the station.',
  'Remember that my ‖ car is on level three.',
  'Could you please ‖ repeat that again?',
  'The train leaves at ‖ half past eight.',
  'We should meet at the ‖ office on Monday.',
  'If it rains tomorrow ‖ we will stay at home.',
  'I want to buy a ‖ new pair of shoes.',
  'How long does it take to ‖ boil an egg?',
  'Put the keys ‖ on the kitchen table.',
]
