// A conversation as a file that a person keeps: Markdown to read, JSON to work with. Pure; where it is saved is the shell's.
import type { Language } from '../language/language.ts'
import { sentenceOf, type Picture } from '../pictures/picture.ts'
import { withCutMark } from '../turn/heard.ts'
import type { Conversation, Turn } from './reduce.ts'

export type ExportFormat = 'markdown' | 'json'

/** What a voice's turn said aloud; a person's words as they are. */
export function shownWords({ state, text }: Turn): string {
  switch (state.type) {
    case 'cut':
      return withCutMark(state.heard)
    case 'failed':
      return withReason(text, state.reason)
    case 'open':
    case 'final':
      return text
  }
}

function withReason(text: string, reason: string): string {
  return text === '' ? `(${reason})` : `${text} (${reason})`
}

/**
 * @param language of what stands around the words; JSON is the same in each, but for a title that is missing
 * @param dataUrls of its pictures, by digest
 */
export function exportConversation(
  conversation: Conversation,
  format: ExportFormat,
  language: Language,
  dataUrls: ReadonlyMap<string, string> = new Map(),
): { name: string; text: string } {
  const title = conversation.title === '' ? language.say('history.untitled') : conversation.title
  const named = { ...conversation, title }
  const day = new Date(conversation.startedMs).toISOString().slice(0, 10)
  const base = `${slugOf(named.title)}-${day}`
  return format === 'markdown'
    ? { name: `${base}.md`, text: toMarkdown(named, language, dataUrls) }
    : { name: `${base}.json`, text: `${JSON.stringify(toPlain(named, dataUrls), null, 2)}\n` }
}

type DataUrls = ReadonlyMap<string, string>

function toMarkdown({ title, startedMs, turns }: Conversation, language: Language, dataUrls: DataUrls): string {
  const { say, told, moment } = language
  const wordsOf = (turn: Turn): string =>
    turn.state.type === 'failed' ? withReason(turn.text, told(turn.state.reason)) : shownWords(turn)
  const said = turns
    .map((turn) => ({ turn, words: wordsOf(turn) }))
    .filter(({ turn, words }) => words !== '' || turn.pictures)
    .map(({ turn, words }) => {
      const shown = (turn.pictures ?? []).map((picture) => `\n${toImage(picture, dataUrls)}\n`).join('')
      return `**${say(turn.role === 'user' ? 'said.you' : 'said.parley')}:** ${escapeMarkdown(words)}\n${shown}`
    })
  return [`# ${escapeMarkdown(title)}\n`, `${moment(startedMs)}\n`, ...said].join('\n')
}

/** The picture itself, so that the file is whole by itself; where its bytes are gone, its sentence. */
function toImage(picture: Picture, dataUrls: DataUrls): string {
  const url = dataUrls.get(picture.digest)
  return url === undefined ? escapeMarkdown(sentenceOf(picture)) : `![${escapeMarkdown(picture.name)}](${url})`
}

function toPlain({ id, title, startedMs, changedMs, turns, usage }: Conversation, dataUrls: DataUrls): unknown {
  return {
    format: 'parley-export',
    version: 1,
    id,
    title,
    started: new Date(startedMs).toISOString(),
    changed: new Date(changedMs).toISOString(),
    turns: turns.map((turn) => ({
      role: turn.role,
      via: turn.via,
      at: new Date(turn.startedMs).toISOString(),
      text: turn.text,
      ...(turn.pictures
        ? { pictures: turn.pictures.map((one) => ({ ...one, data: dataUrls.get(one.digest) ?? null })) }
        : {}),
      ...(turn.state.type === 'cut' ? { heard: turn.state.heard, cutAfterMs: turn.state.playedMs } : {}),
      ...(turn.state.type === 'failed' ? { failed: turn.state.reason } : {}),
    })),
    usage,
  }
}

/** Words that were said must not become headings, lists, links or HTML. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&').replace(/^(\s*)([-+]|\d+[.)])(\s)/gm, '$1\\$2$3')
}

function slugOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return plain.slice(0, 48) || 'conversation'
}
