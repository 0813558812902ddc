// Shopping and other lists: add, read, remove, clear.
import { findList, putList, removeList } from '../../notebook/notebook.ts'
import { likeness } from '../rescue.ts'
import type { Answer, FollowUp, Scene, Skill } from '../skill.ts'
import { pick } from '../skill.ts'
import { capitalised, count, sayAll } from '../../language/speakable.ts'

/** “Shocking” is “shopping” misheard; “packing” is a list of its own. */
const alikeFrom = 0.5
const list = "((?:[\\w'-]+ ){0,3}?)lists?(?: (?:called|named) ([\\w' -]+))?"
const the = '(?:my |the |our |a |his |her )?'
const add = new RegExp(
  `^(?:add|put|write|stick|throw|include|place|append|jot) (.+?) (?:to|on|onto|in|into|2) ${the}${list}$`,
  'i',
)
const needs = new RegExp(`^(?:i need|we need|i need to buy|we need to buy) (.+?) (?:on|to) ${the}${list}$`, 'i')
const addTo = new RegExp(`^(?:add|put)?(?: to| on)? ${the}(?!it |that |this )${list} (.+)$`, 'i')
const remove = new RegExp(
  `^(?:remove|delete|take|cross|scratch|strike|tick|check|drop) (?:off )?(.+?) (?:from|off|off of|of|on) ${the}${list}$`,
  'i',
)
const clear = new RegExp(
  `^(?:clear|empty|delete|erase|wipe|reset|remove|throw away|get rid of)(?: everything| all(?: items| the items)?)?(?: (?:from|on|off|out))? ${the}${list}(?: (for sure|now))?$`,
  'i',
)
const read = new RegExp(
  `^(?:what(?:'s| is| are| do i have| do we have| have i got)?(?: there| things| items| left| still)? ?(?:on|in)|read(?: me)?(?: out| back)?|show(?: me)?|tell me(?: what is on)?|list|go through|check|open|what is) ${the}${list}(?: so far| now| again| out| to me| say| right now)?$`,
  'i',
)
const howMany = new RegExp(
  `^how (?:many|long)(?: (?:things|items|entries))?(?: are| do i have| is)?(?: there)?(?: (?:on|in))? ${the}${list}(?: have)?$`,
  'i',
)
const has = new RegExp(
  `^(?:is|are|do i have|have i got|did i (?:add|put)|is there) (.+?) (?:already )?(?:on|in|to) ${the}${list}(?: already)?$`,
  'i',
)
const make = new RegExp(
  `^(?:make|create|start|begin|open|new)(?: me)?(?: a| an)?(?: new)? ${list}(?: (?:with|of|for) (.+))?$`,
  'i',
)
const names =
  /^(?:what|which|how many|show(?: me)?|read) (?:are )?(?:my |all my |the )?lists(?: do i have| have i got| are there| do you have)?$/

const completeAdd: FollowUp = {
  asked: /^What should I (?:add to|put on) your (.+) list\?$/,
  complete: (reply, asked) =>
    /^(?:nothing|no\b|never ?mind|cancel|stop|what|how|that is (?:it|all))/.test(reply.text)
      ? null
      : `add ${reply.plain.replace(/^(?:add|put) /i, '')} to my ${asked[1] ?? ''} list`,
}

export const lists: Skill = {
  name: 'lists',
  kind: 'machine',
  examples: [
    'what is on my shopping list',
    'read my shopping list',
    'clear my shopping list',
    'what is on my to-do list',
    'what lists do i have',
    'read me my list',
  ],
  followUps: [
    completeAdd,
    {
      asked: /Shall I clear your (.+) list\?$/,
      complete: (reply, asked) =>
        /^(?:yes|yeah|yep|sure|do it|go ahead|please do|yes please)\b/.test(reply.text)
          ? `clear my ${asked[1] ?? ''} list for sure`
          : null,
    },
  ],
  answer({ text, plain }, scene) {
    const own = plain.replace(/[.,!?]+$| (?:too|as well)$/gi, '').replace(/\bto[- ]do list/i, 'to-do list')
    const words = /\blists?\b/.test(text) && !/\blists?\b/i.test(own) ? text : own
    return (
      sayNames(text, scene) ??
      (/\blists?\b/.test(text) ? change(text, words, scene) : null) ??
      shopping(text, own, scene)
    )
  },
}

function change(text: string, own: string, scene: Scene): Answer | null {
  // The first words of a misheard command are right in `text` only.
  const subject = /^(?:add|remove|put)\b/.test(text) && !/^(?:add|remove|put)\b/i.test(own) ? text : own
  const added = add.exec(subject) ?? needs.exec(subject) ?? add.exec(text)
  if (added?.[1] !== undefined) return addItems(nearest(nameOf(added[2], added[3], scene), scene), added[1], scene)
  const removed = remove.exec(subject)
  if (removed?.[1] !== undefined) return removeItem(nameOf(removed[2], removed[3], scene), removed[1], scene)
  const cleared = clear.exec(text)
  if (cleared !== null) return clearList(nameOf(cleared[1], cleared[2], scene), cleared[3] !== undefined, scene)
  const asked = read.exec(text)
  if (asked !== null) return sayItems(nearest(nameOf(asked[1], asked[2], scene), scene), scene)
  const counted = howMany.exec(text)
  if (counted !== null) {
    const name = nameOf(counted[1], counted[2], scene)
    return {
      say: `There ${(findList(scene.notebook, name)?.items.length ?? 0) === 1 ? 'is' : 'are'} ${count(findList(scene.notebook, name)?.items.length ?? 0, 'thing')} on your ${name} list.`,
    }
  }
  const held = has.exec(subject)
  if (held?.[1] !== undefined) return sayHeld(nameOf(held[2], held[3], scene), held[1], scene)
  const made = make.exec(text)
  if (made !== null) return makeList(nameOf(made[1], made[2], scene), made[3], scene)
  const to = /^(?:add|put) (?:something|items?|things?) /i.test(subject) ? null : addTo.exec(subject)
  return to?.[3] !== undefined && /^(?:add|put)/i.test(subject)
    ? addItems(nameOf(to[1], to[2], scene), to[3], scene)
    : null
}

/** "We need milk" and "buy milk" without a list named are only taken up when they clearly mean shopping. */
function shopping(text: string, own: string, scene: Scene): Answer | null {
  const match = /^(?:i|we) (?:need to|have to|must|should) buy (?:some )?(.+)$/i.exec(own)
  return match?.[1] === undefined || /\?/.test(text) || match[1].split(' ').length > 6
    ? null
    : addItems('shopping', match[1], scene)
}

function nameOf(before: string | undefined, called: string | undefined, scene: Scene): string {
  const words = (called ?? before ?? '')
    .trim()
    .toLowerCase()
    .replace(/^(?:my|the|our|a|an|new) /, '')
  const name = words.replace(/^grocer(?:y|ies)$/, 'shopping').replace(/^(?:to do|todo|task|tasks)$/, 'to-do')
  return name === '' || name === 'new' ? (scene.notebook.lists.at(-1)?.name ?? 'shopping') : name
}

/** A list that is not there is a misheard one that is, if one is alike. Only where a wrong guess takes nothing away. */
function nearest(name: string, scene: Scene): string {
  if (findList(scene.notebook, name)) return name
  const alike = scene.notebook.lists.find((list) => likeness(list.name, name) >= alikeFrom)
  return alike?.name ?? name
}

/** `milk, eggs and bread` → three; articles and "some" go. */
function itemsOf(words: string): string[] {
  return words
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+(?:also\s+)?|\s+plus\s+/i)
    .map((item) => item.replace(/^(?:some|a|an|the|also|more)\s+(?=\S)/i, '').trim())
    .filter((item) => item !== '')
}

const same = (one: string, other: string): boolean => {
  const bare = (words: string): string =>
    words
      .toLowerCase()
      .replace(/^(?:the|some|a|an|my) /, '')
      .replace(/(?:es|s)$/, '')
  return bare(one) === bare(other)
}

function addItems(name: string, words: string, scene: Scene): Answer {
  if (/^(?:something|items?|an item|a thing|things?|stuff|this|that|it|them)$/i.test(words))
    return { say: `What should I add to your ${name} list?` }
  const held = findList(scene.notebook, name)?.items ?? []
  const items = itemsOf(words)
  const fresh = items.filter((item) => !held.some((other) => same(other, item)))
  if (fresh.length === 0)
    return { say: `${capitalised(sayAll(items))} ${items.length > 1 ? 'are' : 'is'} already on your ${name} list.` }
  const what = sayAll(fresh)
  const say = pick(
    scene.random,
    [
      `Okay, I've added ${what} to your ${name} list.`,
      `Added ${what} to your ${name} list.`,
      `${capitalised(what)} is on your ${name} list now.`,
    ].slice(0, fresh.length > 1 ? 2 : 3) as [string, ...string[]],
  )
  return { say, notebook: putList(scene.notebook, name, [...held, ...fresh]), topic: { about: 'list', name } }
}

function removeItem(name: string, words: string, scene: Scene): Answer {
  const held = findList(scene.notebook, name)?.items ?? []
  if (/^(?:everything|all|it all|all items|everything)$/i.test(words)) return clearList(name, false, scene)
  const last = /^(?:the )?(?:last|that)(?: item| one| thing)?$|^(?:it|that)$/i.test(words)
  const place = /^(?:the )?(?:first|1st)(?: item| one| thing)?$/i.test(words)
  const gone = last
    ? held.slice(-1)
    : place
      ? held.slice(0, 1)
      : held.filter((item) => itemsOf(words).some((other) => same(item, other)))
  if (held.length === 0) return { say: `Your ${name} list is empty.` }
  if (gone.length === 0) return { say: `${capitalised(sayAll(itemsOf(words)))} isn't on your ${name} list.` }
  return {
    say: `Okay, I've taken ${sayAll(gone)} off your ${name} list.`,
    notebook: putList(
      scene.notebook,
      name,
      held.filter((item) => !gone.includes(item)),
    ),
    topic: { about: 'list', name, removes: true },
  }
}

function clearList(name: string, sure: boolean, scene: Scene): Answer {
  const held = findList(scene.notebook, name)?.items ?? []
  if (held.length === 0)
    return { say: `Your ${name} list is empty already.`, notebook: removeList(scene.notebook, name) }
  // A misheard word must not cost a long list.
  if (held.length > 5 && !sure)
    return { say: `There are ${held.length} things on it. Shall I clear your ${name} list?` }
  return { say: `Okay, your ${name} list is empty now.`, notebook: removeList(scene.notebook, name) }
}

function sayItems(name: string, scene: Scene): Answer {
  const held = findList(scene.notebook, name)?.items ?? []
  if (held.length === 0) return { say: `Your ${name} list is empty.` }
  return {
    say: pick(scene.random, [`On your ${name} list: ${sayAll(held)}.`, `Your ${name} list has ${sayAll(held)}.`]),
    topic: { about: 'list', name },
  }
}

function sayHeld(name: string, words: string, scene: Scene): Answer {
  const held = findList(scene.notebook, name)?.items ?? []
  const what = words.replace(/^(?:some|any|there) /i, '')
  return {
    say: held.some((item) => same(item, what))
      ? `Yes, ${what} ${/[^s]s$/.test(what) ? 'are' : 'is'} on your ${name} list.`
      : `No, ${what} isn't on your ${name} list.`,
  }
}

function makeList(name: string, items: string | undefined, scene: Scene): Answer {
  if (items !== undefined && items !== '') return addItems(name, items, scene)
  const held = findList(scene.notebook, name)
  if (held !== undefined && held.items.length > 0)
    return { say: `You have a ${name} list already, with ${count(held.items.length, 'thing')} on it.` }
  return { say: `What should I put on your ${name} list?`, notebook: putList(scene.notebook, name, []) }
}

function sayNames(text: string, scene: Scene): Answer | null {
  if (!names.test(text)) return null
  const held = scene.notebook.lists
  if (held.length === 0) return { say: 'You have no lists yet.' }
  return {
    say: `You have ${sayAll(held.map(({ name, items }) => `a ${name} list with ${count(items.length, 'thing')}`))}.`,
  }
}
