// Work for strangers in a process of its own: what would end the whole app ends that process alone, and the next job is done.
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workLimits } from '../../../../src/core/agent/limits.ts'
import { createGrants } from '../../../../src/main/agent/grants.ts'
import { createFileReaders } from '../../../../src/main/agent/tools/read-files.ts'
import { createWorkbench, type Workbench } from '../../../../src/main/agent/tools/workbench.ts'
import { systemClock } from '../../../../src/main/clock.ts'
import { watchMainLoop } from '../../../support/main-loop.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

let workbench: Workbench
beforeAll(async () => {
  workbench = createWorkbench({ clock: systemClock })
  await workbench.sum('1+1', signal)
})
afterAll(() => workbench.close())
const signal = new AbortController().signal
/** For what never ends: its process is there already, so that all of it is work. */
const patienceMs = process.env['PARLEY_RUNS'] ? 3_000 : 1_000

/** Which compresses to 1.6 KB, as the page that ended the app did. */
const page = gzipSync('<p>'.repeat(400_000))
const deep = '<div>'.repeat(100_000)

describe('what is too much', () => {
  it.each([
    ['a hundred million zeros', 'zeros(1e8)'],
    ['a matrix of a thousand million', 'ones(31623,31623)'],
    ['a range without an end', '1:1e12'],
    ['a factorial of thousands of digits', 'bignumber(100000)!'],
    ['a text that doubles', 'map(1:1e9, f(x)=x^2)'],
  ])('[S26] %s is given up and the next sum is done', async (_, sum) => {
    await expect(workbench.sum(sum, AbortSignal.timeout(patienceMs))).rejects.toThrow()
    expect(await workbench.sum('2+2', signal)).toBe('4')
  })

  it('[S26] what takes too much memory is ended before it has taken much more than it may', async () => {
    await workbench.sum('1+1', signal)
    const pid = workbench.pid()!
    const over = new AbortController()
    const ended = expect(workbench.sum('zeros(1e8)', AbortSignal.timeout(20_000)))
      .rejects.toThrow()
      .finally(() => over.abort())
    let mostBytes = 0
    while (!over.signal.aborted) {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
      mostBytes = Math.max(mostBytes, 1_024 * Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await ended
    expect(mostBytes).toBeGreaterThan(0)
    expect(mostBytes).toBeLessThan(1.5 * workLimits.processBytes)
  })

  it.each([
    ['400,000 paragraphs in 1.6 KB', gunzipSync(page).toString()],
    ['100,000 nested boxes', deep],
    ['a million attributes', `<p ${'a=1 '.repeat(700_000)}>`],
    ['tables in tables', '<table><tr><td>'.repeat(60_000)],
  ])('[S26] a page of %s leaves main alive and quick', async (_, html) => {
    const loop = watchMainLoop()
    await workbench.article(html, AbortSignal.timeout(patienceMs)).catch(() => undefined)
    loop.end()
    expect(loop.longest()).toBeLessThan(250)
    expect((await workbench.article('<html><body><p>bread</p></body></html>', signal)).text).toBe('bread')
  })

  it('[S26] the process has nothing of the environment, and another one after it was ended', async () => {
    await workbench.sum('1+1', signal)
    const pid = workbench.pid()!
    expect(pid).not.toBe(process.pid)
    const environ = readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .map((one) => one.split('=')[0])
    expect(environ.filter((name) => name !== '' && !/^NODE_CHANNEL_/.test(name!))).toEqual([])
    process.kill(pid, 'SIGKILL')
    await expect(workbench.sum('1:1e12', AbortSignal.timeout(patienceMs))).rejects.toThrow()
    expect(await workbench.sum('3+3', signal)).toBe('6')
    expect(workbench.pid()).not.toBe(pid)
  })
})

describe('a granted folder', () => {
  function openFolder(): { notes: string; outside: string; use: (name: string, given: object) => Promise<string> } {
    const folder = temporaryFolder()
    const [notes, outside] = [join(folder, 'Notes'), join(folder, 'outside')]
    for (const one of [notes, outside, join(notes, 'in')]) mkdirSync(one)
    writeFileSync(join(outside, 'secret.txt'), 'the secret')
    writeFileSync(join(notes, 'in', 'mine.txt'), 'mine')
    const tools = createFileReaders(createGrants({ folders: () => [notes], own: join(folder, 'own') }), workbench)
    return {
      notes,
      outside,
      async use(name, given) {
        const prepared = tools.find((tool) => tool.name === name)!.prepare(given as Record<string, unknown>)
        if ('why' in prepared) throw new Error(prepared.why)
        return (await (await prepared.settle()).run(signal, false)).text
      },
    }
  }

  it('[S27] whose folder is swapped for a link while it is listed and searched leads nowhere', async () => {
    const { notes, outside, use } = openFolder()
    const [inside, aside] = [join(notes, 'in'), join(notes, 'aside')]
    const over = new AbortController()
    // Swaps without a pause, as an attacker's program would.
    const swapping = (async () => {
      const { rename } = await import('node:fs/promises')
      symlinkSync(outside, join(notes, 'link'))
      while (!over.signal.aborted) {
        await rename(inside, aside).catch(() => undefined)
        await rename(join(notes, 'link'), inside).catch(() => undefined)
        await rename(inside, join(notes, 'link')).catch(() => undefined)
        await rename(aside, inside).catch(() => undefined)
      }
    })()
    for (let attempt = 0; attempt < 60; attempt++) {
      for (const path of ['Notes', 'Notes/in']) {
        expect(await use('list_files', { path, deep: true }).catch(() => '')).not.toContain('secret')
        expect(await use('search_files', { path, words: 'secret' }).catch(() => '')).not.toContain('the secret')
      }
      expect(await use('read_file', { path: 'Notes/in/secret.txt' }).catch(() => '')).not.toContain('the secret')
    }
    over.abort()
    await swapping
  })

  it('[S28] names one entry more than is looked at or given on is said', async () => {
    const { notes, use } = openFolder()
    rmSync(join(notes, 'in'), { recursive: true })
    const list = async (): Promise<{ entries: unknown[]; more: number; note?: string }> =>
      JSON.parse(await use('list_files', { path: 'Notes' })) as { entries: unknown[]; more: number }
    for (let count = 0; count < workLimits.listed; count++) writeFileSync(join(notes, `f${count}`), 'x')
    expect(await list()).toMatchObject({ more: 0 })
    writeFileSync(join(notes, 'one more'), 'x')
    expect(await list()).toMatchObject({ more: 1 })
    for (let count = workLimits.listed + 1; count < workLimits.walked; count++)
      writeFileSync(join(notes, `f${count}`), '')
    expect((await list()).note).toBeUndefined()
    writeFileSync(join(notes, 'and one'), 'x')
    expect((await list()).note).toContain(String(workLimits.walked))
    const hits = async (): Promise<number> =>
      (JSON.parse(await use('search_files', { path: 'Notes', words: 'x' })) as { found: unknown[] }).found.length
    expect(await hits()).toBe(workLimits.hits)
  })

  it('[S28] a file is read up to its limit, and one byte more is said', async () => {
    const { notes, use } = openFolder()
    const file = join(notes, 'in', 'mine.txt')
    const read = (): Promise<string> => use('read_file', { path: 'Notes/in/mine.txt' })
    writeFileSync(file, endingAt(workLimits.readBytes))
    expect(await read()).toContain('xxx')
    expect(await use('search_files', { path: 'Notes', words: 'xz' })).toContain('mine.txt')
    writeFileSync(file, endingAt(workLimits.readBytes + 1))
    await expect(read()).rejects.toThrow(`up to ${workLimits.readBytes}`)
    expect(await use('search_files', { path: 'Notes', words: 'xz' })).not.toContain('mine.txt')
  })

  it.each([
    [0, 'whole'],
    [1, 'cut'],
  ])('[S28] a title, an article, a sum and a line of %i more than they may have are %s', async (more, how) => {
    const { notes, use } = openFolder()
    const { titleCharacters, articleCharacters, sumCharacters, lineCharacters } = workLimits
    const [title, text] = [endingAt(titleCharacters + more), endingAt(articleCharacters + more)]
    const page = await workbench.article(
      `<html><head><title>${title}</title></head><body><p>${text}</p></body></html>`,
      signal,
    )
    const quotes = 2
    const sum = await workbench.sum(`"${endingAt(sumCharacters + more - quotes)}"`, signal)
    writeFileSync(join(notes, 'in', 'mine.txt'), endingAt(lineCharacters + more))
    const found = JSON.parse(await use('search_files', { path: 'Notes', words: 'xxx' })) as {
      found: { text: string }[]
    }
    const line = found.found[0]!.text
    expect([page.title, page.text, sum, line].map(({ length }) => length)).toEqual([
      titleCharacters,
      articleCharacters,
      sumCharacters,
      lineCharacters,
    ])
    const isWhole = [page.title, page.text, line].map((one) => one.endsWith('z'))
    expect([...isWhole, sum.endsWith('"')]).toEqual(Array.from({ length: 4 }, () => how === 'whole'))
  })
})

/** So long, and its last character tells whether it is whole. */
const endingAt = (length: number): string => `${'x'.repeat(length - 1)}z`
