import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import { createTranscript, type Transcript } from '../../../src/main/talk/transcript.ts'

function onPaper(write: (transcript: Transcript) => void): string {
  let paper = ''
  write(createTranscript((text) => void (paper += text)))
  return paper
}

const stored = (change: Change): Parameters<Transcript['stored']>[0] => ({ seq: 1, atMs: 0, change })

describe('the transcript on a terminal', () => {
  it('[K23] words are printed as they come and never twice', () => {
    const paper = onPaper((transcript) => {
      transcript.caption('user', 'u', 'What')
      transcript.caption('user', 'u', 'What is it')
      transcript.stored(stored({ type: 'words-heard', turn: 'u', text: 'What is it?' }))
      transcript.caption('assistant', 'a', 'It is')
      transcript.stored(stored({ type: 'words-spoken', turn: 'a', text: 'It is noon.', audioMs: 900 }))
    })
    expect(paper).toBe('You: What is it?\nParley: It is noon.\n')
  })

  it('[K23] a transcript that comes late does not cut into the answer', () => {
    const paper = onPaper((transcript) => {
      transcript.caption('assistant', 'a', 'It is')
      transcript.caption('user', 'u', 'What')
      transcript.caption('assistant', 'a', 'It is noon.')
      transcript.stored(stored({ type: 'words-heard', turn: 'u', text: 'What?' }))
      transcript.stored(stored({ type: 'words-spoken', turn: 'a', text: 'It is noon.', audioMs: 900 }))
    })
    expect(paper).toBe('Parley: It is noon.\nYou: What?\n')
  })

  it('[K23] corrected words begin a new line, an interruption is marked', () => {
    const paper = onPaper((transcript) => {
      transcript.caption('user', 'u', 'Wad is')
      transcript.stored(stored({ type: 'words-heard', turn: 'u', text: 'What is' }))
      transcript.stored(stored({ type: 'words-spoken', turn: 'a', text: 'A long story.', audioMs: 3000 }))
      transcript.stored(stored({ type: 'played', turn: 'a', playedMs: 1840, heard: 'A', cut: true }))
    })
    expect(paper).toBe('You: Wad is\nYou: What is\nParley: A long story.\n(interrupted: after 1.8 s)\n')
  })

  it('[K23] whatever the order of arrival, every final line stands on the paper once', () => {
    const sides = fc.array(fc.record({ item: fc.nat(5), cut: fc.nat(12) }), { maxLength: 40 })
    fc.assert(
      fc.property(sides, (captions) => {
        const paper = onPaper((transcript) => {
          for (const { item, cut } of captions)
            transcript.caption(item % 2 ? 'user' : 'assistant', `i${item}`, `words of ${item}`.slice(0, cut))
          for (let item = 0; item <= 5; item++)
            transcript.stored(
              stored(
                item % 2
                  ? { type: 'words-heard', turn: `i${item}`, text: `words of ${item}.` }
                  : { type: 'words-spoken', turn: `i${item}`, text: `words of ${item}.`, audioMs: 1 },
              ),
            )
        })
        for (let item = 0; item <= 5; item++) expect(paper.split(`words of ${item}.\n`)).toHaveLength(2)
      }),
    )
  })
})
