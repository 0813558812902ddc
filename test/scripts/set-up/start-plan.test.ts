import { describe, expect, it } from 'vitest'
import { chooseStart } from '../../../scripts/set-up/start-plan.mjs'

const seen = {
  args: [] as string[],
  platform: 'linux',
  env: { DISPLAY: ':0' },
  isRoot: false,
  electron: (): string | null => '/electron',
}
const never = (): string | null => expect.fail('Electron was looked for')

describe('npm start', () => {
  it('[X30] opens the desktop app where Electron is or can be fetched', () => {
    expect(chooseStart({ ...seen, args: ['--hidden'] })).toEqual({
      type: 'electron',
      program: '/electron',
      args: ['--hidden'],
      say: null,
    })
    expect(chooseStart({ ...seen, isRoot: true })).toMatchObject({ args: ['--no-sandbox'] })
  })

  it('[X30] opens the same window in the browser where it can’t, and says so in one line', () => {
    const start = chooseStart({ ...seen, electron: () => null })
    expect(start).toMatchObject({ type: 'browser', args: [] })
    expect(start.say).toMatch(/^Electron .*\.$/)
  })

  it('[X30] asks for no Electron where there is no display or none is wanted', () => {
    expect(chooseStart({ ...seen, env: {}, electron: never })).toMatchObject({ type: 'browser' })
    expect(chooseStart({ ...seen, args: ['--headless', '--port', '4000'], electron: never })).toEqual({
      type: 'browser',
      args: ['--headless', '--port', '4000'],
      say: null,
    })
  })
})
