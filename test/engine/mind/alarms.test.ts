// Timers, alarms and reminders through time, restarts and absence.
import { mkdtemp, readdir, readFile, stat, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createStillClock } from '../../support/still-clock.ts'
import { createTalk, sundayEveningMs } from '../../support/talk.ts'

const minuteMs = 60_000
const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'mind-'))

describe('alarms', () => {
  it('[M9] a timer is said when it is due, on the session it was asked on, once', async () => {
    const { say, clock, heard } = createTalk()
    await say('set a pasta timer for eight minutes')
    clock.pass(8 * minuteMs - 1)
    expect(heard).toEqual([])
    clock.pass(1)
    expect(heard).toEqual([{ session: 'one', text: 'Your pasta timer is up.' }])
    clock.pass(60 * minuteMs)
    expect(heard).toHaveLength(1)
    expect(clock.waiting()).toBe(0)
  })

  it('[M9] several run at once; what is left of each is told; a cancelled one is silent', async () => {
    const { say, clock, heard } = createTalk()
    await say('set a timer for 5 minutes')
    await say('set a timer for ten minutes')
    await say('remind me in 20 minutes to stretch my legs')
    clock.pass(2 * minuteMs)
    expect(await say('how much time is left on the 5 minute timer')).toMatch(/3 minutes/)
    expect(await say('cancel the timer')).toMatch(/Which timer/)
    expect(await say('the ten minute one')).toMatch(/cancelled your 10 minute timer/)
    clock.pass(60 * minuteMs)
    expect(heard.map(({ text }) => text)).toEqual([
      'Your 5 minute timer is up.',
      "Here's your reminder: Stretch your legs.",
    ])
  })

  it('[M9] an alarm rings at the time of the clock, minutes are added to a timer', async () => {
    const { say, clock, heard } = createTalk()
    await say('set an alarm for 7 am')
    await say('set a timer for 5 minutes')
    await say('add five minutes to the timer')
    clock.pass(9 * minuteMs)
    expect(heard).toEqual([])
    clock.pass(13 * 60 * minuteMs)
    expect(heard.map(({ text }) => text)).toEqual(
      ['Your 5 minute timer is up.', "It's 7 AM. This is your alarm."].map((text, at) =>
        at === 0 ? text.replace('5', '10') : text,
      ),
    )
  })

  it('[M9] with nobody there it is kept and said when somebody is', async () => {
    let away = true
    const { say, clock, heard } = createTalk({ deaf: () => away })
    await say('set a timer for one minute')
    clock.pass(5 * minuteMs)
    expect(heard).toEqual([])
    away = false
    clock.pass(5_000)
    expect(heard).toEqual([{ session: 'one', text: 'Your 1 minute timer was up at 6:03 PM.' }])
    clock.pass(minuteMs)
    expect(heard).toHaveLength(1)
  })

  it('[M9] a restart keeps timers, lists, notes and what was told', async () => {
    const dataDir = await folder()
    const first = createTalk({ dataDir })
    await first.say('set a timer for 10 minutes')
    await first.say('add milk to my shopping list')
    await first.say('remember that the gate code is 4521')
    await first.mind.close()
    const later = createTalk({ dataDir, clock: createStillClock(sundayEveningMs + 4 * minuteMs) })
    expect(await later.say('how much time is left on the timer')).toMatch(/6 minutes/)
    expect(await later.say("what's on my shopping list")).toMatch(/milk/)
    expect(await later.say('what is the gate code')).toMatch(/4521/)
    later.clock.pass(6 * minuteMs)
    expect(later.heard.map(({ text }) => text)).toEqual(['Your 10 minute timer is up.'])
    await later.mind.close()
    const last = createTalk({ dataDir, clock: createStillClock(sundayEveningMs + 60 * minuteMs) })
    expect(await last.say('what timers do I have')).toMatch(/no timers/)
  })

  it('[M9] a timer that ran out during a restart is said late, with its time', async () => {
    const dataDir = await folder()
    const first = createTalk({ dataDir })
    await first.say('set a timer for 10 minutes')
    await first.mind.close()
    const later = createTalk({ dataDir, clock: createStillClock(sundayEveningMs + 30 * minuteMs) })
    await later.say('hello')
    later.clock.pass(0)
    expect(later.heard.map(({ text }) => text)).toEqual(['Your 10 minute timer was up at 6:12 PM.'])
  })

  it('[M9] undo does not wake a timer that is over', async () => {
    const { say, clock, heard } = createTalk()
    await say('set a timer for 1 minute')
    await say('add milk to my shopping list')
    clock.pass(2 * minuteMs)
    await say('undo that')
    clock.pass(10 * minuteMs)
    expect(heard).toHaveLength(1)
  })

  it('[M9] a closed mind rings no more', async () => {
    const { say, clock, heard, mind } = createTalk()
    await say('set a timer for 1 minute')
    await mind.close()
    expect(clock.waiting()).toBe(0)
    clock.pass(5 * minuteMs)
    expect(heard).toEqual([])
  })
})

describe('the notebook on disk', () => {
  it('[M10] is for its owner only and leaves no half-written file', async () => {
    const dataDir = join(await folder(), 'mind')
    const { say, mind } = createTalk({ dataDir })
    await say('add milk to my shopping list')
    await mind.close()
    expect((await readdir(dataDir)).filter((name) => !name.endsWith('.before'))).toEqual(['notebook.json'])
    if (process.platform === 'win32') return
    expect((await stat(join(dataDir, 'notebook.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700)
  })

  it.each([
    ['cut off', '{"version":1,"alarms":[{"id":1,'],
    ['of another shape', '{"version":1,"alarms":"none"}'],
    ['empty', ''],
  ])('[M10] one that is %s is set aside, kept and told of once', async (_name, text) => {
    const dataDir = await folder()
    await writeFile(join(dataDir, 'notebook.json'), text)
    const { say, mind } = createTalk({ dataDir })
    expect(await say('hello')).toMatch(/notebook was damaged/)
    expect(await say('hello')).not.toMatch(/damaged/)
    await say('add milk to my shopping list')
    await mind.close()
    const aside = (await readdir(dataDir)).find((name) => name.startsWith('notebook.json.damaged-'))
    expect(await readFile(join(dataDir, aside!), 'utf8')).toBe(text)
    expect(await createTalk({ dataDir }).say('read my shopping list')).toMatch(/milk/)
  })

  it('[M10] what cannot be written is said, and still works until the end', async () => {
    const dataDir = join(await folder(), 'notebook.json', 'below')
    // A file where the folder should be: nothing can be written, whoever runs the test.
    await writeFile(join(dataDir, '..'), '')
    const { say } = createTalk({ dataDir })
    expect(await say('add milk to my shopping list')).toMatch(/couldn't write it to disk/)
    expect(await say('read my shopping list')).toMatch(/milk/)
  })

  it('[M10] one that cannot be read is not written over', async () => {
    const dataDir = await folder()
    // A folder in the file's place is neither missing nor readable.
    await mkdir(join(dataDir, 'notebook.json'))
    const { say } = createTalk({ dataDir })
    expect(await say('add milk to my shopping list')).toMatch(/can't read my notebook/)
    expect(await readdir(dataDir)).toEqual(['notebook.json'])
  })

  it('[M16] a misheard name of a list finds the list, but never clears one, and an unlike name is a list of its own', async () => {
    const { say } = createTalk()
    await say('add milk to my shopping list')
    expect(await say('what is on the shocking list?')).toMatch(/milk/)
    expect(await say('add socks to my packing list')).toMatch(/packing/)
    expect(await say('what is on my packing list?')).not.toMatch(/milk/)
    await say('clear my shocking list')
    expect(await say('what is on my shopping list?')).toMatch(/milk/)
  })
})
