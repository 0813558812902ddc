// What one sees of talking by a name, and a phrase that is tried, with a detector and a knower of phrases that the test plays.
import { expect, it } from 'vitest'
import { languageFor } from '../../../src/core/language/language.ts'
import type { AppState } from '../../../src/core/ipc.ts'
import type { FromHearing } from '../../../src/main/audio/hearing-messages.ts'
import { statusWords } from '../../../src/main/orders/order.ts'
import { obeyOrders } from '../../../src/main/orders/obey.ts'
import { trayMenu, trayTip } from '../../../src/main/shell/tray-menu.ts'
import { talkFace } from '../../../src/renderer/talk-face.ts'
import { createJudgedMicrophone } from '../../support/judged-microphone.ts'
import { openApp } from '../../support/opened-app.ts'

const settings = { turnMode: 'semantic', byName: true, phrase: 'Hey Parley' } as const
/** A loud sample is a voice, and whatever was asked about is the phrase. */
const detector = {
  hear: (samples: Int16Array) =>
    Promise.resolve(
      Array.from({ length: samples.length > 0 ? 1 : 0 }, () => ({ speech: (samples[0] ?? 0) > 0 ? 0.9 : 0, ms: 32 })),
    ),
  forget: () => undefined,
}

function startHearing() {
  let tell: (message: FromHearing) => void = () => undefined
  return {
    post: ({ id }: { id: number }) =>
      setImmediate(() => tell({ type: 'fit', id, fit: 88, isCalled: true, hasMore: false })),
    onMessage: (listen: (message: FromHearing) => void) => void (tell = listen),
    onExit: () => undefined,
    kill: () => undefined,
  }
}

async function called(judged: ReturnType<typeof createJudgedMicrophone>): Promise<void> {
  await judged.hear(new Int16Array(24_000).fill(900))
  await judged.hear(new Int16Array(24_000))
}

it('[W190] window, tray and terminal say what is listened for, and that it is open', async () => {
  const judged = createJudgedMicrophone(() => Promise.resolve(detector))
  const { app, state, live } = await openApp({ judged, settings, startHearing })
  await state(({ line }) => line.type === 'resting')
  for (const [language, words] of [
    ['en', 'Listening for “Hey Parley”'],
    ['de', 'Wartet auf „Hey Parley“'],
    ['es', 'Espera «Hey Parley»'],
  ] as const)
    expect(talkFace(app.state(), languageFor(language, []).say).status).toBe(words)
  const { say } = languageFor('en', [])
  const obey = obeyOrders(app, { show: null, quit: () => undefined })
  const words = async (): Promise<string> => {
    const reply = await obey({ type: 'status' })
    return reply.ok && reply.status ? statusWords(reply.status) : ''
  }
  expect(trayTip(app.state(), say)).toBe('Parley: listening for “Hey Parley”')
  const chosen = (of: AppState) =>
    trayMenu(of, [], '', say).flatMap((one) =>
      one.type === 'choice' && one.kind === 'radio' && one.chosen ? [one.label] : [],
    )
  expect(chosen(app.state())).toEqual(['By its name'])
  expect(await words()).toContain('by-name, listening for “Hey Parley”')
  await called(judged)
  await live()
  await state(({ named, presence }) => named?.open === true && presence === 'idle')
  expect(talkFace(app.state(), say).status).toBe('Go on, it hears you')
  expect(trayTip(app.state(), say)).toBe('Parley: ready')
  expect(await words()).toContain('by-name, open')
  await state(({ named }) => typeof named?.closesMs === 'number')
})

it('[W191] while a phrase is tried its fit is told and it opens nothing; afterwards it does', async () => {
  const judged = createJudgedMicrophone(() => Promise.resolve(detector))
  const { app, ask, notice, server, live, state } = await openApp({ judged, settings, startHearing })
  await state(({ line }) => line.type === 'resting')
  await ask('try-phrase', { phrase: 'Wake up Susan' })
  await called(judged)
  expect(await notice('phrase-fit')).toEqual({ type: 'phrase-fit', fit: 88 })
  expect([app.state().named?.open, server.attempts()]).toEqual([false, 0])
  await ask('try-phrase', { phrase: null })
  await called(judged)
  await live()
  expect(app.state().named?.open).toBe(true)
})
