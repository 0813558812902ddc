// What a few more words make of the last answer.
import { describe, expect, it } from 'vitest'
import type { Memo } from '../../../src/engine/ports.ts'
import { createTalk } from '../../support/talk.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

type Turn = readonly [said: string, answered: RegExp]

const conversations: readonly (readonly [string, readonly Turn[]])[] = [
  [
    'a percentage',
    [
      ['What is 15% of 80?', /\b12\b/],
      ['No, I meant 18 percent.', /\b14\.4\b/],
      ['and of 120?', /\b21\.6\b/],
      ['what about 20 percent?', /\b24\b/],
    ],
  ],
  [
    'a sum',
    [
      ['what is 12 times 12', /\b144\b/],
      ['and 13?', /\b156\b/],
      ['I meant 14, not 13', /\b168\b/],
    ],
  ],
  [
    'a conversion',
    [
      ['what is 20 celsius in fahrenheit', /\b68\b/],
      ['and in kelvin?', /293\.15/],
      ['and 30 degrees?', /303\.15/],
    ],
  ],
  [
    'a distance',
    [
      ['how many kilometres is five miles', /8\.047/],
      ['and 10 miles?', /16\.09/],
      ['and in metres?', /16,093\.44/],
    ],
  ],
  [
    'a timer',
    [
      ['set a pasta timer for ten minutes', /10 minutes/],
      ['make it 12', /pasta timer set for 12 minutes/],
      ['what timers do I have', /^You have a pasta timer with 12 minutes left\.$/],
    ],
  ],
  [
    'an alarm',
    [
      ['set an alarm for 7 am', /7 AM tomorrow/],
      ['make it 8', /8 AM tomorrow/],
    ],
  ],
  [
    'a reminder',
    [
      ['remind me tomorrow at 9 to call Anna', /tomorrow at 9 AM/],
      ['no, at 10', /tomorrow at 10 AM to call Anna/],
      ['what reminders do I have', /^You have 1 reminder:/],
    ],
  ],
  [
    'a throw',
    [
      ['flip a coin', /Heads/],
      ['another one', /Heads/],
      ['roll a die', /It's 1/],
      ['again', /It's 1/],
    ],
  ],
  [
    'a place',
    [
      ['what time is it', /6:02 PM/],
      ['and in Tokyo?', /3:02 AM tomorrow/],
      ['what about New York', /1:02 PM/],
    ],
  ],
  [
    'a day',
    [
      ['what day is it', /Sunday/],
      ['what about tomorrow?', /Monday, 23/],
    ],
  ],
  [
    'a list',
    [
      ['add milk to my shopping list', /milk/],
      ['and eggs', /eggs/],
      ['bread too', /bread/],
      ['read my shopping list', /milk, eggs and bread/],
    ],
  ],
  [
    'a word',
    [
      ['how do you spell rhythm', /R, H, Y/],
      ['and necessary?', /N, E, C, E/],
    ],
  ],
  [
    'what was declined',
    [
      ["what's the weather", /can't check the weather/],
      ['and tomorrow?', /^I can't check the weather from here\.$/],
    ],
  ],
]

describe('following up', () => {
  it.each(conversations)('[M18] %s', async (_name, turns) => {
    const { say } = createTalk()
    for (const [said, answered] of turns) expect(await say(said), said).toMatch(answered)
  })

  it.each<readonly [string, readonly Turn[]]>([
    [
      'a timer',
      [
        ['set a timer for 8 minutes', /8 minutes/],
        ['add two more minutes', /10 minutes left/],
        ['blue sideways kettle', /didn't understand/],
        ['set another one for 5 minutes', /5 minutes/],
        ['stop it', /cancelled your 5 minute timer/],
        ['what timers do I have', /^You have a \w+ minute timer with 10 minutes left\.$/],
        ['stop it', /^Okay, I've cancelled your/],
      ],
    ],
    [
      'a reminder',
      [
        ['remind me tomorrow at 9 to call Anna', /tomorrow at 9 AM/],
        ['make it Tuesday', /on Tuesday at 9 AM to call Anna/],
        ['cancel that', /won't remind you to call Anna/],
        ['what reminders do I have', /no reminders/],
        ['remind me tomorrow at 9 to call Anna', /tomorrow at 9 AM/],
        ['and on Wednesday', /on Wednesday at 9 AM/],
        ['what reminders do I have', /^You have 2 reminders:/],
      ],
    ],
    [
      'a list',
      [
        ['add bread and milk to my shopping list', /bread and milk/],
        ['remove the milk', /taken milk off/],
        ["what's left on it", /bread/],
        ['clear it', /is empty now/],
      ],
    ],
  ])('[M42] %s is meant by a small word', async (_name, turns) => {
    const { say } = createTalk()
    for (const [said, answered] of turns) expect(await say(said), said).toMatch(answered)
  })

  it('[M42] what is kept elsewhere, and saying again, is not meant by it', async () => {
    const { say } = createTalk()
    const set = await say('set a timer for 10 minutes')
    expect(await say('say that again')).toBe(set)
    await say('add bread and milk to my shopping list')
    expect(await say('add 5 minutes to the timer')).toMatch(/15 minutes left/)
    await say('add eggs to my shopping list')
    expect(await say('remove it')).toMatch(/taken eggs off/)
    expect(await say('delete my notes')).toMatch(/no notes/)
    expect(await say('read my shopping list')).toMatch(/bread and milk/)
  })

  it('[M43] a sum goes on from the result, and from nothing else', async () => {
    const { say } = createTalk()
    expect(await say('add 5')).not.toMatch(/That's/)
    expect(await say('what is twenty percent of three fifty')).toMatch(/^That's 70\.$/)
    expect(await say('and of 120?')).toMatch(/^That's 24\.$/)
    expect(await say('half of that')).toMatch(/^That's 12\.$/)
    expect(await say('add 5')).toMatch(/^That's 17\.$/)
  })

  it('[M18] another joke is another one', async () => {
    const { say } = createTalk()
    const first = await say('tell me a joke')
    expect(await say('another one')).not.toBe(first)
  })

  it('[M18] without an answer before it, or after another subject, it follows nothing', async () => {
    expect(await createTalk().say('and of 120?')).not.toMatch(/That's/)
    const { say, clock } = createTalk()
    await say('set a timer for 10 minutes')
    await say('thank you')
    await say('make it 12')
    expect(clock.waiting()).toBe(1)
    expect(await say('what timers do I have')).toMatch(/10 minute timer/)
  })

  it('[M18] an answer that was cut off when it was spoken is still followed', async () => {
    const talk = createTalk()
    await talk.say('What is 15 percent of 80?')
    talk.memos[1] = { type: 'message', role: 'assistant', text: "That's" } satisfies Memo
    expect(await talk.say('and of 120?')).toMatch(/\b18\b/)
  })

  it('[M20] slower and quieter say it again so, and from then on; as loud as it goes is said', async () => {
    const talk = createTalk()
    const said = async (words: string) => {
      talk.memos.push({ type: 'message', role: 'user', text: words })
      const [first] = await talk.reply()
      if (first?.type !== 'text') throw new Error('nothing was said')
      talk.memos.push({ type: 'message', role: 'assistant', text: first.text })
      return [first.text, first.manner]
    }
    expect(await said('what is 5 plus 5')).toEqual(["That's 10.", undefined])
    expect(await said('slower, please')).toEqual(["That's 10.", { speed: 0.8, gain: 1 }])
    expect(await said('quieter')).toEqual(["That's 10.", { speed: 0.8, gain: 0.5 }])
    expect(await said('and 7')).toEqual(["That's 12.", { speed: 0.8, gain: 0.5 }])
    expect(await said('louder')).toEqual(["That's 12.", { speed: 0.8, gain: 1 }])
    expect((await said('louder'))[0]).toMatch(/as loud as I speak/)
  })
})

describe('the way to a model', () => {
  it('[M21] is told once a day, and after a restart no sooner', async () => {
    const { say, clock } = createTalk()
    expect(await say('Who wrote Faust?')).toBe(
      "I can't look things up without a model. Connect a key or a model on this computer, and I can.",
    )
    expect(await say('Why is the sky blue?')).toBe("I can't explain that without a model.")
    clock.pass(24 * 3_600_000)
    expect(await say('Who wrote Emma?')).toMatch(/Connect a key/)

    const dataDir = temporaryFolder()
    const before = createTalk({ dataDir })
    await before.say('add milk to my shopping list')
    expect(await before.say('Who wrote Faust?')).toMatch(/Connect a key/)
    await before.say('undo that')
    await before.mind.close()
    expect(await createTalk({ dataDir }).say('Who wrote Emma?')).toBe("I can't look things up without a model.")
  })
})
