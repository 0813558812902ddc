// Notes: free words kept until they are taken away.
import { addNote } from '../../notebook/notebook.ts'
import type { Answer, Scene, Skill } from '../skill.ts'
import { pick } from '../skill.ts'
import { count, sayAll, sentence } from '../../language/speakable.ts'

const write =
  /^(?:take|make|create|add|write|leave|save|start)(?: me)?(?: down)? (?:a |an |the |this |another )?(?:new |quick )?(?:note|memo)s?(?: down)?[,:.]?(?: (?:that says|saying|that|to self|to myself|of|about|down|to say|which says))?[,:.]? ?(.*)$/i
const noteThat = /^(?:note|note down|write down|jot down|new note|note to self|memo)(?: that| this)?[,:.]? (.+)$/i
const askAll =
  /^(?:what (?:are|is|do|does|did)(?: in| on)? (?:my |the )?(?:notes?)(?: say)?|what notes (?:do i have|have i(?: got)?|are there)|(?:read|show|list|tell me|check|open|play)(?: me)?(?: out| back)?(?: all)?(?: of)? ?(?:my |the |me my )?(?:last )?notes?(?: back| out| to me| again)?|do i have (?:any )?notes|what did i (?:note|write)(?: down)?|what does my (?:last )?note say)$/
const howMany = /^how many notes (?:do i have|are there|have i got|have i)$/
const removeLast = /^(?:delete|remove|erase|cancel|scratch) (?:the |my |that )?(?:last |latest |newest )?note$/
const removeAll = /^(?:delete|remove|erase|clear|wipe)(?: all)?(?: of)? ?(?:the |my )?notes$/
const removeOne = /^(?:delete|remove|erase) (?:the |my )?note (?:about|on|that says|saying) (.+)$/

export const notes: Skill = {
  name: 'notes',
  kind: 'machine',
  examples: ['read my notes', 'what are my notes', 'delete the last note', 'take a note', 'how many notes do i have'],
  followUps: [
    {
      asked: /What should the note say\?$/,
      complete: (reply) =>
        /^(?:nothing|never ?mind|cancel|stop|forget it)\b/.test(reply.text) ? null : `note that ${reply.plain}`,
    },
    {
      asked: /Shall I delete all of your notes\?$/,
      complete: (reply) =>
        /^(?:yes|yeah|yep|sure|do it|go ahead|please do)\b/.test(reply.text) ? 'delete all my notes for sure' : null,
    },
  ],
  answer({ text, plain }, scene) {
    return sayNotes(text, scene) ?? removeNotes(text, scene) ?? keep(text, plain, scene)
  },
}

function keep(text: string, plain: string, scene: Scene): Answer | null {
  if (/\bhow to\b|^(?:what|how|why|who|can)\b/.test(text)) return null
  const words = (write.exec(plain) ?? noteThat.exec(plain))?.[1]
  if (words === undefined) return null
  if (words.trim() === '') return { say: 'What should the note say?' }
  const say = pick(scene.random, ['Noted.', "Okay, I've noted that.", 'Got it, noted.'])
  return { say: `${say} It says: ${sentence(words)}`, notebook: addNote(scene.notebook, words.trim(), scene.nowMs) }
}

function sayNotes(text: string, scene: Scene): Answer | null {
  const { notes: held } = scene.notebook
  if (howMany.test(text)) return { say: `You have ${count(held.length, 'note')}.` }
  if (!askAll.test(text)) return null
  if (held.length === 0) return { say: 'You have no notes.' }
  const last = held.at(-1)
  if (/\blast note\b/.test(text) && last !== undefined) return { say: `Your last note says: ${sentence(last.text)}` }
  const shown = held.slice(-5)
  const head =
    shown.length < held.length
      ? `You have ${held.length} notes. The last ${shown.length}: `
      : held.length === 1
        ? 'You have one note: '
        : `You have ${held.length} notes: `
  return { say: `${head}${shown.map((note) => sentence(note.text)).join(' ')}` }
}

function removeNotes(text: string, scene: Scene): Answer | null {
  const { notebook } = scene
  const sure = text.endsWith(' for sure')
  const bare = text.replace(/ for sure$/, '')
  if (removeAll.test(bare)) {
    if (notebook.notes.length === 0) return { say: 'You have no notes.' }
    if (notebook.notes.length > 1 && !sure)
      return { say: `You have ${notebook.notes.length}. Shall I delete all of your notes?` }
    return { say: 'Okay, your notes are gone.', notebook: { ...notebook, notes: [] } }
  }
  const about = removeOne.exec(bare)?.[1]
  if (about === undefined && !removeLast.test(bare)) return null
  const gone =
    about === undefined
      ? notebook.notes.slice(-1)
      : notebook.notes.filter((note) => note.text.toLowerCase().includes(about))
  if (gone.length === 0) return { say: about === undefined ? 'You have no notes.' : `I have no note about ${about}.` }
  const kept = notebook.notes.filter((note) => !gone.includes(note))
  return {
    say: `Okay, I've deleted the note: ${sayAll(gone.map((note) => sentence(note.text)))}`,
    notebook: { ...notebook, notes: kept },
  }
}
