// A conversation as a file that a person keeps: Markdown to read, JSON to work with. Pure; where it is saved is the shell's.
import type { Language } from '../language/language.ts'
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

/** @param language of what stands around the words; JSON is the same in each, but for a title that is missing */
export function exportConversation(
  conversation: Conversation,
  format: ExportFormat,
  language: Language,
): { name: string; text: string } {
  const title = conversation.title === '' ? language.say('history.untitled') : conversation.title
  const named = { ...conversation, title }
  const day = new Date(conversation.startedMs).toISOString().slice(0, 10)
  const base = `${slugOf(named.title)}-${day}`
  return format === 'markdown'
    ? { name: `${base}.md`, text: toMarkdown(named, language) }
    : { name: `${base}.json`, text: `${JSON.stringify(toPlain(named), null, 2)}\n` }
}

function toMarkdown({ title, startedMs, turns }: Conversation, { say, told, moment }: Language): string {
  const wordsOf = (turn: Turn): string =>
    turn.state.type === 'failed' ? withReason(turn.text, told(turn.state.reason)) : shownWords(turn)
  const said = turns
    .map((turn) => ({ turn, words: wordsOf(turn) }))
    .filter(({ words }) => words !== '')
    .map(
      ({ turn, words }) => `**${say(turn.role === 'user' ? 'said.you' : 'said.parley')}:** ${escapeMarkdown(words)}\n`,
    )
  return [`# ${escapeMarkdown(title)}\n`, `${moment(startedMs)}\n`, ...said].join('\n')
}

function toPlain({ id, title, startedMs, changedMs, turns, usage }: Conversation): unknown {
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
