// A key that is typed goes nowhere as it is, unless the person wants that of this one.
import { describe, expect, it } from 'vitest'
import { openApp } from '../../support/opened-app.ts'

const key = 'ghp_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6'

describe('a key that is typed', () => {
  it.each([
    ['masked where it is', {}, {}, 'ghp_••••'],
    ['kept when the person says so', {}, { asTyped: true } as const, key],
    ['kept where masking is off', { hideKeys: false }, {}, key],
  ])('[S38] is given to the service and stored %s', async (_, settings, how, kept) => {
    const { live, ask, notice } = await openApp({ settings })
    const service = await live()
    const stored = notice('change', ({ stored: { change } }) => change.type === 'words-heard')
    await ask('say', { text: `Use ${key} for it.`, ...how })
    const { item } = await service.next('conversation.item.create')
    expect(JSON.stringify(item)).toContain(`Use ${kept} for it.`)
    expect((await stored).stored.change).toMatchObject({ text: `Use ${kept} for it.` })
    expect((await ask('snapshot', null)).turns.at(-1)).toMatchObject({ text: `Use ${kept} for it.` })
    expect(JSON.stringify(service.received).includes(key)).toBe(kept === key)
  })
})
