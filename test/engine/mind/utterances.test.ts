// What single utterances are answered with, in the words of a person and as recognition mishears them.
import { describe, expect, it } from 'vitest'
import { createTalk } from '../../support/talk.ts'

type Row = readonly [said: string, answered: RegExp]

const sums: readonly Row[] = [
  ["What's 25 times 17?", /\b425\b/],
  ['what is twenty-five times seventeen?', /\b425\b/],
  ['twenty five times seventeen', /\b425\b/],
  ['what his 25 time 17', /\b425\b/],
  ['25 x 17', /\b425\b/],
  ['um, so what is, uh, 25 multiplied by 17', /\b425\b/],
  ['Could you please calculate 1,250 divided by 50?', /\b25\b/],
  ["what's three point five times two", /\b7\b/],
  ['How much is 3 plus 4 times 2?', /\b11\b/],
  ['what is one hundred divided by seven', /about 14\.29/],
  ["what's to plus to", /\b4\b/],
  ['What is two hundred and fifty six minus a hundred?', /\b156\b/],
  ['what is minus five plus twelve', /\b7\b/],
  ['two to the power of ten', /\b1024\b/],
  ["what's nine squared", /\b81\b/],
  ["what's the square root of 144", /\b12\b/],
  ["what's half of ninety", /\b45\b/],
  ['what is a quarter of 200', /\b50\b/],
  ['what is 7 over 0', /divide by zero/],
  ['What is 15% of 80?', /\b12\b/],
  ["What's fifteen percent of two hundred and forty?", /\b36\b/],
  ['what percent of 80 is 20', /\b25 percent/],
  ["What's 20 percent off 60?", /\b48\b/],
  ['subtract 9 from 30', /\b21\b/],
  ["What's the average of 4, 8 and 15?", /\b9\b/],
  ['is 97 a prime number', /^Yes/],
  ['is 91 a prime number?', /^No/],
  ['one million minus one', /999,999/],
]

const units: readonly Row[] = [
  ['How many kilometres is five miles?', /8\.047 kilometres/],
  ['convert 10 miles to kilometers', /16\.09 kilometres/],
  ['What is 100 degrees Fahrenheit in Celsius?', /37\.78 degrees Celsius/],
  ["what's 20 celsius in fahrenheit", /68 degrees Fahrenheit/],
  ['what is 100 degrees in fahrenheit', /212 degrees Fahrenheit/],
  ['How many ounces are in a pound?', /16 ounces/],
  ['how many feet in a mile', /5280 feet/],
  ['how many minutes in 3 hours', /180 minutes/],
  ['how many seconds are there in a day', /86,400 seconds/],
  ['how much is 10 stone in kilograms', /63\.5 kilograms/],
  ["what's 180 centimetres in feet", /5 foot 11/],
  ['What is 5 foot 10 in centimetres?', /177\.8 centimetres/],
  ['Convert three hundred and fifty Fahrenheit to Celsius', /176\.67/],
  ['what is 60 miles per hour in kilometers per hour', /96\.56/],
  ['how many teaspoons in a tablespoon', /3 teaspoons/],
  ['comfort 5 miles to kilometres', /8\.047/],
  ['convert 5 miles to kilograms', /can't/],
  ['How many matters are there in two miles?', /3218\.69 metres/],
  ['What is twenty-five degrees Celsius in fair and height?', /77 degrees/],
]

const times: readonly Row[] = [
  ['What time is it?', /6:02 PM/],
  ["what's the time", /6:02 PM/],
  ['Hi, what time is it?', /6:02 PM/],
  ['Could you please tell me what time it is?', /6:02 PM/],
  ['do you have the time', /6:02 PM/],
  ["um, what's, uh, the time", /6:02 PM/],
  ['what thyme is it', /6:02 PM/],
  ['what time is hit', /6:02 PM/],
  ['What time is it in Tokyo?', /3:02 AM tomorrow/],
  ["what's the time in new york", /1:02 PM/],
  ["What's the date today?", /Sunday, 22 November 2026/],
  ['what day is it', /Sunday, 22 November/],
  ["what's today's date", /22 November/],
  ['What day is it tomorrow?', /Monday, 23 November/],
  ['what was the date yesterday', /Saturday, 21 November/],
  ['How many days until Christmas?', /33 days/],
  ['how long until Christmas', /33 days/],
  ['How many days until the 1st of March?', /99 days/],
  ['how many weeks until Easter', /18 weeks/],
  ['What day of the week is December 25th?', /Friday/],
  ['what day will it be in 10 days', /Wednesday, 2 December/],
  ['how many hours until 9 pm', /2 hours and 58 minutes/],
  ['When is Easter?', /28 March 2027/],
  ['what year is it', /2026/],
  ['is it monday today', /^No, it's Sunday/],
  ['how many days are there in february', /28 days/],
]

const orders: readonly Row[] = [
  ['Set a timer for five minutes.', /timer set for 5 minutes/],
  ['set a 10 minute timer', /10 minutes/],
  ['Start a timer for an hour and a half', /1 hour and 30 minutes/],
  ['can you set a timer for 3 minutes please', /3 minutes/],
  ['timer five minutes', /5 minutes/],
  ['I need a timer for 12 minutes', /12 minutes/],
  ['said a timer for twenty minutes', /20 minutes/],
  ['sat a timer for two minutes', /2 minutes/],
  ['set a tire for 5 minutes', /5 minutes/],
  ['set a pasta timer for 8 minutes', /pasta timer set for 8 minutes/],
  ['set a timer', /how long/],
  ['set an alarm for 7 am', /7 AM tomorrow/],
  ['wake me up at half past six', /6:30 AM tomorrow/],
  ['Remind me to call mum at five thirty.', /5:30 AM to call mum/],
  ['Remind me in ten minutes to take out the trash', /10 minutes to take out the trash/],
  ['remind me tomorrow at 9 to water the plants', /tomorrow at 9 AM to water the plants/],
  ['remained me to buy milk at six pm tomorrow', /tomorrow at 6 PM to buy milk/],
  ['remind me at noon to eat', /tomorrow at noon to eat/],
  ['remind me to buy milk', /When should I remind you to buy milk/],
  ['remind me about my meeting at 3 pm', /tomorrow at 3 PM about your meeting/],
  ['Add milk to my shopping list', /added milk to your shopping list/],
  ['at bananas to my shopping list', /bananas/],
  ['put eggs, bread and butter on the shopping list', /eggs, bread and butter/],
  ['Take a note: the meeting is moved to Thursday.', /meeting is moved to Thursday/],
  ['write down that the code is 4521', /code is 4521/],
  ['set a timer for five minutes and add milk to my list', /5 minutes.*milk/],
  ["What's 12 times 12? And what time is it?", /144.*6:02/],
  ['Remember that I parked on level three.', /you parked on level three/],
  ['My favourite colour is blue.', /Your favourite colour is blue/],
  ['my name is Sam', /Sam/],
]

const talk: readonly Row[] = [
  ['How do you spell necessary?', /N, E, C, E, S, S, A, R, Y/],
  ['can you spell rhythm', /R, H, Y, T, H, M/],
  ['how do you smell necessary', /N, E, C, E, S, S, A, R, Y/],
  ['Repeat after me: the quick brown fox.', /^The quick brown fox\.$/],
  ['say hello world', /^Hello world\.$/],
  ['Flip a coin', /^Heads\.$/],
  ['flip a coyn', /^Heads\.$/],
  ['Select a coin.', /^Heads\.$/],
  ['Tell the word "calendar".', /C, A, L, E, N, D, A, R/],
  ['Can sew the timer', /no timer/],
  ['Works on my shopping list.', /list is empty/],
  ['roll a die', /^It's 1\.$/],
  ['pick a number between five and ten', /\b5\b/],
  ['hello', /^Hello/],
  ['Hey Parley', /^Hello|catch/],
  ['good evening', /^Good evening/],
  ['How are you?', /running well/],
  ['who are you', /Parley/],
  ['what can you do', /timers/],
  ['thank you very much', /welcome/],
  ['goodbye', /Goodbye/],
  ['Can you hear me?', /^Yes/],
  ['tell me a joke', /joke/],
  ['never mind', /Okay/],
]

const limits: readonly Row[] = [
  ["What's the weather like today?", /can't check the weather/],
  ['how is the wether', /can't check the weather/],
  ["what's in the news", /can't read the news/],
  ['play some music', /can't play music/],
  ['turn on the lights', /can't control/],
  ['call my mother', /can't make calls/],
  ['Translate hello into French', /can't translate/],
  ['Search the web for cats', /can't search the web/],
  ['who is the president of France', /can't look things up without a model/],
  ['How tall is the Eiffel Tower?', /can't look things up without a model/],
  ["what is my brother's name", /haven't told me/],
]

const silence: readonly Row[] = ['', '...', '?!', '  ', 'um', 'Hmm.', 'Uh...'].map(
  (said) => [said, /didn't catch that/] as const,
)

describe('an utterance by itself', () => {
  it.each([...sums, ...units])('[M1] sums and units: %s', async (said, answered) => {
    expect(await createTalk().say(said)).toMatch(answered)
  })
  it.each([...times, ...orders])('[M1] time and orders: %s', async (said, answered) => {
    expect(await createTalk().say(said)).toMatch(answered)
  })
  it.each(talk)('[M1] talk: %s', async (said, answered) => {
    expect(await createTalk().say(said)).toMatch(answered)
  })
  it.each(limits)('[M2] what it cannot do is said plainly: %s', async (said, answered) => {
    expect(await createTalk().say(said)).toMatch(answered)
  })
  it.each(silence)('[M3] nothing understood asks again: "%s"', async (said, answered) => {
    expect(await createTalk().say(said)).toMatch(answered)
  })
})

const chat = [
  'I think the movie was really good',
  'the timer in my kitchen is broken',
  'my brother set a record last year',
  'we had pasta for dinner with two friends',
  'I was at the store and bought some milk',
  'it took twenty minutes to get there',
  'she said the list was too long',
  'I had a long day at work',
  'time flies when you are having fun',
  'I met five people at the party',
  'my grandmother makes the best apple pie',
  'he reminded me of an old friend',
  'what a lovely note that was',
  'I plus one on that idea',
  'they cancelled the show last night',
  'my favourite alarm clock broke in half',
]

describe('talk that is no order', () => {
  it.each(chat)('[M4] changes nothing and starts nothing: %s', async (said) => {
    const { say, clock } = createTalk()
    const answer = await say(said)
    expect(answer).not.toMatch(
      /timer set|alarm is set|remind you|shopping list|[Nn]oted\. It|cancelled|That's \d|PM|AM/,
    )
    expect(clock.waiting()).toBe(0)
  })
})
