import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../../src/main/clock.ts'
import { describe, expect, it } from 'vitest'
import { emptyConversation, type Conversation } from '../../../src/core/conversation/reduce.ts'
import { encodeSnapshot } from '../../../src/core/store/snapshot.ts'
import { languageFor } from '../../../src/core/language/language.ts'
import { createConversationList } from '../../../src/main/app/conversation-list.ts'
import { openStore } from '../../support/opened-store.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const many = 400

function conversationOf(at: number, words: string): Conversation {
  const id = `c_${at}`
  const turn = {
    id: `t_${at}`,
    role: 'user',
    via: 'text',
    startedMs: at,
    text: words,
    audioMs: 0,
    playedMs: null,
  } as const
  return {
    ...emptyConversation,
    id,
    title: `Talk ${at}`,
    changedMs: at,
    seq: 3,
    turns: [{ ...turn, state: { type: 'final' } }],
  }
}

function putOnDisk(folder: string, conversation: Conversation): string {
  const home = join(folder, 'conversations', conversation.id)
  mkdirSync(home, { recursive: true })
  const file = join(home, '00000003.snapshot.json')
  writeFileSync(file, encodeSnapshot(conversation))
  return file
}

describe('searching', () => {
  it('[W13] finds words in the oldest of many conversations, newest first, and passes over one that can’t be read', async () => {
    const folder = temporaryFolder()
    for (let at = 0; at < many; at += 1)
      putOnDisk(folder, conversationOf(at, [0, 4, 5, 7].includes(at) ? 'The boiler needs a valve' : 'Nothing of note'))
    const store = await openStore(folder)
    const list = createConversationList({
      clock: systemClock,
      store,
      isCurrent: () => false,
      tell: () => undefined,
      language: () => languageFor('en', []),
    })
    await list.load()
    writeFileSync(join(folder, 'conversations/c_4/00000003.snapshot.json'), 'spoilt')
    rmSync(join(folder, 'conversations/c_5'), { recursive: true })
    writeFileSync(join(folder, 'conversations/c_5'), 'no folder')
    const found = await list.find('BOILER')
    const excerpt = 'The boiler needs a valve'
    expect(found.map(({ entry, ...place }) => [entry.id, place])).toEqual([
      ['c_7', { turn: 't_7', excerpt }],
      ['c_0', { turn: 't_0', excerpt }],
    ])
    expect((await list.find('talk 5')).map(({ entry }) => entry.id)).toContain('c_5')
    expect((await list.find('valve needs')).map(({ entry }) => entry.id)).toEqual(['c_7', 'c_0'])
    expect(await list.find('valve wants')).toEqual([])
  })
})
