// Pictures on their whole way: into the record and its folder, to the service, back to it on another line, into an export, and
// away for good.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { WireItem } from '../../../src/core/realtime/events.ts'
import { pictureLimits } from '../../../src/core/picture-limits.ts'
import { askAgent, openAgentBehind } from '../../support/agent-behind.ts'
import { openApp } from '../../support/opened-app.ts'
import { openStore } from '../../support/opened-store.ts'
import { said, started } from '../../support/spoken.ts'
import { call } from '../../support/scripted-mind-of-tasks.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { pngOf } from '../../support/test-picture.ts'

const bytes = pngOf(64, 48)
const holiday = { name: 'holiday.png', data: bytes.toString('base64') }
const url = `data:image/png;base64,${holiday.data}`
const ids = { response: 'resp_1', item: 'item_voice' }

/** Files in the folder, anywhere in it, that hold these bytes. */
function holding(folder: string, needle: Buffer): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name)
    return statSync(path).isFile() && readFileSync(path).includes(needle)
  })
}

const imagesIn = (item: WireItem): unknown[] =>
  item.type === 'message' ? item.content.filter(({ type }) => type === 'input_image') : []

describe('a picture of the person', () => {
  it('[P300] alone or with words is a turn that is kept, sent as input_image and answered once', async () => {
    const { ask, live, folder, notice } = await openApp()
    const connection = await live()
    await ask('say', { text: 'Where is this?', pictures: [holiday] })
    const { item } = await connection.next('conversation.item.create')
    expect(item).toMatchObject({
      role: 'user',
      content: [
        { type: 'input_text', text: 'Where is this?' },
        { type: 'input_image', image_url: url },
      ],
    })
    await connection.next('response.create')
    connection.beginAnswer({ ...ids, previous: item.id ?? null })
    connection.speak(ids, 'By the sea.', 40)
    connection.endAnswer(ids, 'By the sea.')
    await notice('change', ({ stored: { change } }) => change.type === 'turn-settled' && change.fate === 'answered')
    expect(holding(folder, bytes)).toHaveLength(1)
    await ask('say', { text: '', pictures: [holiday] })
    const alone = (await connection.next('conversation.item.create')).item
    expect(alone).toMatchObject({ content: [{ type: 'input_image', image_url: url }] })
    await connection.next('response.create')
    expect(connection.all('response.create')).toHaveLength(2)
    // The same picture twice is one file.
    expect(holding(folder, bytes)).toHaveLength(1)
    const { turns } = await ask('snapshot', null)
    expect(turns.filter(({ pictures }) => pictures).map(({ pictures }) => pictures![0]!.name)).toEqual([
      'holiday.png',
      'holiday.png',
    ])
    expect(await ask('picture', { digest: turns[0]!.pictures![0]!.digest })).toEqual({
      type: 'image/png',
      data: holiday.data,
    })
    await expect(ask('say', { text: '' })).rejects.toThrow()
  })

  it('[P302] goes to the next line as the picture, to the export whole, and away for good when it is deleted', async () => {
    const { ask, live, server, folder } = await openApp()
    const first = await live()
    await ask('say', { text: 'Where is this?', pictures: [holiday] })
    await first.next('response.create')
    first.terminate()
    const second = await server.connection()
    const restored = (await second.next('conversation.item.create')).item
    expect(imagesIn(restored)).toMatchObject([{ image_url: url }])
    await second.settled()
    const { id, turns } = await ask('snapshot', null)
    const markdown = await ask('export', { id, format: 'markdown' })
    expect(markdown.text).toContain(`![holiday.png](${url})`)
    const { turns: exported } = JSON.parse((await ask('export', { id, format: 'json' })).text) as {
      turns: { pictures: { data: string }[] }[]
    }
    expect(exported[0]!.pictures[0]!.data).toBe(url)
    await second.next('response.create')
    await ask('remove-picture', { digest: turns[0]!.pictures![0]!.digest })
    expect(holding(folder, bytes)).toEqual([])
    expect((await ask('snapshot', null)).turns[0]!.pictures).toMatchObject([{ removed: true }])
    expect((await ask('export', { id, format: 'markdown' })).text).not.toContain('base64')
    const instead = (await second.next('conversation.item.create')).item
    expect(JSON.stringify(instead)).toContain('a picture that was deleted')
    await expect(ask('picture', { digest: turns[0]!.pictures![0]!.digest })).rejects.toThrow('not there any more')
  })

  it('[P304] goes with a conversation that is deleted for good, and with a turn that is no more shown', async () => {
    const { ask, live, folder } = await openApp()
    const connection = await live()
    await ask('say', { text: 'One', pictures: [holiday] })
    await connection.next('response.create')
    await ask('take-back', null)
    const draft = await ask('snapshot', null)
    expect(draft.rolledBack?.turns[0]?.pictures).toHaveLength(1)
    expect(holding(folder, bytes)).toHaveLength(1)
    await ask('say', { text: 'Two' })
    await expect.poll(() => holding(folder, bytes)).toEqual([])
    await ask('say', { text: 'Three', pictures: [holiday] })
    const { id } = await ask('snapshot', null)
    expect(holding(folder, bytes)).toHaveLength(1)
    await ask('remove', { id })
    expect(holding(folder, bytes)).toHaveLength(1)
    await ask('delete-for-good', { id })
    expect(holding(folder, bytes)).toEqual([])
  })

  it('[P303] a server that takes none is told in a sentence, and the words stay; its next session gets a sentence', async () => {
    const message = "Invalid value: 'input_image'. Supported values are: 'input_text' and 'input_audio'."
    const refuseItem = (item: WireItem) => (imagesIn(item).length > 0 ? { named: true, message } : null)
    const { ask, live, notice, server } = await openApp({ script: { refuseItem } })
    const connection = await live()
    await ask('say', { text: 'Where is this?', pictures: [holiday] })
    const told = await notice('notice')
    expect(told.message).toContain('takes no pictures')
    await notice(
      'change',
      ({ stored: { change } }) => change.type === 'rolled-back' && change.draft === 'Where is this?',
    )
    await expect(ask('say', { text: 'Again', pictures: [holiday] })).rejects.toThrow('takes no pictures')
    await ask('put-back', null)
    const instead = async (from: typeof connection): Promise<string> => {
      for (;;) {
        const text = JSON.stringify((await from.next('conversation.item.create')).item)
        if (text.includes('[a picture, holiday.png, 64x48]')) return text
      }
    }
    await instead(connection)
    connection.terminate()
    expect(await instead(await server.connection())).toContain('Where is this?')
  })
})

describe('a picture that is added to a task', () => {
  it('[P306] while it is at work goes over its socket with the next request, and is kept once; what is none is refused', async () => {
    const { agent, start } = await openAgentBehind([call('call_1', 'add_note', { text: 'x' })], 'It is the sea.')
    const { ask, live, notice, folder } = await openApp(start)
    askAgent(await live(), 'Say what I show you')
    // It waits for the person's word.
    const { approvals } = await notice('approvals', (asked) => asked.approvals.length === 1)
    const { id: approval, digest } = approvals[0]!
    const task = (await ask('look', null)).tasks[0]!.id
    const wrong = { name: 'a.png', data: Buffer.from('<svg/>').toString('base64') }
    await expect(ask('add-to-task', { task, text: '', pictures: [wrong] })).rejects.toThrow('is no picture')
    await ask('add-to-task', { task, text: 'This one', pictures: [holiday] })
    // An answer that comes too early begins the half second anew.
    await vi.waitFor(() => ask('approve', { approval, digest, approved: false }), { timeout: 5_000, interval: 600 })
    await notice('tasks', (now) => now.tasks[0]?.state === 'done')
    const content = agent.requests[1]!.body.input.find(({ role }) => role === 'user')!['content']
    expect(content).toEqual([
      { type: 'input_text', text: 'The person adds to the task: This one' },
      { type: 'input_image', image_url: url, detail: 'auto' },
    ])
    expect(agent.requests).toMatchObject([{ over: 'socket' }, { over: 'socket' }])
    expect(holding(folder, bytes)).toHaveLength(1)
    await expect(ask('add-to-task', { task, text: '', pictures: [holiday] })).rejects.toThrow('takes nothing more')
  })
})

describe('the pictures of a conversation on disk', () => {
  it('[P301] only what is a picture by its bytes is kept, and no more than is bounded', async () => {
    const store = await openStore(temporaryFolder())
    const { pictures } = await store.open('one')
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    await expect(pictures.keep([{ name: 'a.png', bytes: svg }])).rejects.toMatchObject({ kind: 'invalid' })
    const large = Buffer.concat([bytes, Buffer.alloc(pictureLimits.bytes)])
    await expect(pictures.keep([{ name: 'a.png', bytes: large }])).rejects.toMatchObject({ kind: 'too-large' })
    const most = Buffer.concat([bytes, Buffer.alloc(pictureLimits.bytes - bytes.length)])
    const two = [1, 2, 3].map((at) => ({
      name: 'a.png',
      bytes: Buffer.concat([most.subarray(0, -1), Buffer.from([at])]),
    }))
    await expect(pictures.keep(two)).rejects.toMatchObject({ kind: 'too-large' })
    await expect(pictures.keep([{ name: 'a.png', bytes: pngOf(9_000, 1) }])).rejects.toMatchObject({
      kind: 'too-large',
    })
    await store.close()
  })

  it('[P304] at the next start what no turn shows is gone, and a damaged one is none', async () => {
    const folder = temporaryFolder()
    const store = await openStore(folder)
    const record = await store.open('one')
    const [kept] = await record.pictures.keep([{ name: 'a.png', bytes }])
    await record.pictures.keep([{ name: 'b.png', bytes: pngOf(5, 5) }])
    const [turn] = said('t1')
    await record.append([started('one'), turn!, { type: 'words-heard', turn: 't1', text: '', pictures: [kept!] }])
    await store.close()
    const place = join(folder, 'conversations', 'one', 'pictures')
    expect(readdirSync(place)).toHaveLength(2)
    const again = await openStore(folder)
    const { pictures } = await again.open('one')
    expect(readdirSync(place)).toEqual([`${kept!.digest}.png`])
    expect(pictures.has(kept!.digest)).toBe(true)
    expect(Buffer.from((await pictures.read(kept!))!)).toEqual(bytes)
    await again.close()
  })
})
