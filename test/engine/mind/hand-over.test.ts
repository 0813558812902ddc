// What the voice gives to the agent, what it keeps, and how it speaks of tasks.
import { describe, expect, it } from 'vitest'
import type { Memo, MindTool } from '../../../src/engine/ports.ts'
import { createTalk } from '../../support/talk.ts'

const tool = (name: string, description: string, required: string[] = []): MindTool => ({
  name,
  description,
  parameters: { type: 'object', properties: { task: { type: 'string' }, context: { type: 'string' } }, required },
})
const tools = [
  tool('ask_agent', 'Hands work to an agent with tools (files, notes, web pages, commands, long thought).', ['task']),
  tool('task_status', 'How the tasks given to the agent are going.'),
  tool('cancel_task', 'Stops a task of the agent when the person asks for it.'),
]
const begun: Memo[] = [
  { type: 'message', role: 'user', text: 'find the largest file' },
  { type: 'message', role: 'assistant', text: "I'm on it." },
  { type: 'call', callId: 'c1', name: 'ask_agent', arguments: '{"task":"find the largest file"}' },
  {
    type: 'result',
    callId: 'c1',
    output: '{"task":"task_1","state":"working","note":"The result comes by itself, later."}',
  },
]
const say = (words: string, memos: Memo[] = []): Promise<string> => createTalk({ tools, memos: [...memos] }).say(words)

describe('work for the agent', () => {
  it.each([
    ['Find the largest file in the folder I granted and note its name'],
    ['Read https://example.com and tell me the title'],
    ['How many lines does my_list.txt have?'],
    ['search my notes for the boiler'],
    ['take a note that the rent is due on Friday'],
    ['use the echo tool to say hello'],
  ])('[N40] "%s" is given to it in the words as they came', async (words) => {
    expect(await say(words)).toBe(`[ask_agent ${JSON.stringify({ task: words })}]`)
  })

  it.each([
    "What's the capital of Australia?",
    'Research the history of the bicycle',
    'Find out how tall the Eiffel Tower is',
    'ask the agent to compare three laptops',
    'Find the largest file and translate it into French',
    'fine the lard is pile in the folder eye granted',
    'and in the other folder?',
    'what is in the news on the web',
    'Wie hoch ist der Eiffelturm?',
  ])('[N44] of "%s" no task is made: it is declined at once', async (words) => {
    expect(await say(words)).toMatch(/^(?!.*\[).+[.?]$/)
  })

  it.each([
    ['what is 25 times 17', /425/],
    ['what time is it', /6:02/],
    ['how are you?', /running well/],
    ['tell me a joke', /joke|\?/],
    ['set a timer for 5 minutes', /5 minutes/],
    ['my favourite folder is the blue one', /^(?!.*\[)/],
    ['I lost a file yesterday', /^(?!.*\[)/],
    ['how is it going?', /^(?!.*\[)/],
  ])('[N41] "%s" stays with the voice', async (words, answer) => {
    const said = await say(words)
    expect(said).not.toContain('[')
    expect(said).toMatch(answer)
  })

  it('[N41] without the agent the voice keeps what it can do itself', async () => {
    expect(await createTalk({}).say('take a note that the rent is due')).not.toContain('[')
  })

  it.each([
    ['how is it going?', '[task_status {}]'],
    ['are you done?', '[task_status {}]'],
    ['cancel the task', '[cancel_task {}]'],
    ['please stop the search', '[cancel_task {}]'],
  ])('[N42] with a task under way "%s" asks for it', async (words, called) => {
    expect(await say(words, begun)).toBe(called)
  })

  it.each([['how is it going?'], ['any news?'], ['status']])(
    '[N45] with a task that has ended "%s" does not bring it up again',
    async (words) => {
      const ended: Memo[] = [
        ...begun,
        { type: 'call', callId: 'c2', name: 'task_result', arguments: '{"task":"task_1"}' },
        { type: 'result', callId: 'c2', output: '{"task":"task_1","state":"failed","result":"No."}' },
        { type: 'message', role: 'assistant', text: "I couldn't finish that. No." },
      ]
      expect(await say(words, ended)).not.toMatch(/\[|finish/)
    },
  )

  it.each([
    ['{"task":"t","state":"working","note":"later"}', /^I'm on it. I'll tell you when it's done\.$/],
    [
      '{"tasks":[{"task":"t","request":"find it","state":"failed","result":"No.","seconds":1}]}',
      /^No task is running\.$/,
    ],
    [
      '{"tasks":[{"task":"t","request":"find it","state":"working","doing":"Reading a.txt","steps_done":3,"seconds":12}]}',
      /still working on “find it”: reading a\.txt, 3 steps done and 12 seconds/,
    ],
    ['{"tasks":[]}', /No task is running/],
    ['{"cancelled":"t","request":"find it"}', /stopped it/],
    ['{"cancelled":null,"note":"No such task is running."}', /no task to stop/],
    [
      '{"task":"t","request":"find it","state":"done","result":"The largest file is big.txt.","note":"Tell the person."}',
      /^The largest file is big\.txt\.$/,
    ],
    [
      '{"task":"t","request":"find it","state":"draft","result":"The line broke.","note":"x"}',
      /^I couldn't finish that\. The line broke\.$/,
    ],
  ])('[N42] the news %s is put into words', async (output, worded) => {
    const memos = [
      ...begun,
      { type: 'call', callId: 'c2', name: 'task_result', arguments: '{}' } as const,
      { type: 'result', callId: 'c2', output } as const,
    ]
    const pieces = await createTalk({
      tools,
      memos: memos.filter((memo) => memo.type === 'message' || memo.callId === 'c2'),
    }).reply()
    expect(pieces.map((piece) => (piece.type === 'text' ? piece.text : '[call]')).join('')).toMatch(worded)
  })
})
