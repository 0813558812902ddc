// Tools of each kind that note what they did, and one that ends when it is told how.
import { z } from 'zod'
import { defineTool, type Tool, type ToolOutput } from '../../src/main/agent/tool.ts'
import { wording } from '../../src/core/language/wording.ts'

interface Done {
  tool: string
  text: string
}

/** Tools of each kind that note what they did. */
export function workingTools(): { tools: Tool[]; done: Done[] } {
  const done: Done[] = []
  const make = (name: string, asks: Tool['asks'], risk: Tool['risk'], untrusted: string | null): Tool =>
    defineTool({
      name,
      description: name,
      risk,
      asks,
      schema: z.strictObject({ text: z.string() }),
      describe: ({ text }) => wording('step.usingOf', { name, place: text }),
      async run({ text }) {
        done.push({ tool: name, text })
        return { text, untrusted }
      },
    })
  const tools = [
    make('look', 'never', 'reads', null),
    make('hear', 'never', 'reads', 'a stranger'),
    make('ring', 'after-untrusted', 'changes', null),
    make('send', 'always', 'sends', null),
  ]
  return { tools, done }
}

/** A tool that ends when it is told how. */
export function heldTool(risk: Tool['risk']): {
  tool: Tool
  end: (output: ToolOutput) => void
  fail: (error: Error) => void
  begun: () => number
  most: () => number
} {
  const open: { resolve: (output: ToolOutput) => void; reject: (error: Error) => void }[] = []
  let begun = 0
  let most = 0
  const tool = defineTool({
    name: 'hold',
    description: 'hold',
    risk,
    asks: 'never',
    schema: z.strictObject({}),
    describe: () => wording('step.using', { name: 'hold' }),
    run: () => {
      begun++
      return new Promise<ToolOutput>((resolve, reject) => {
        open.push({ resolve, reject })
        most = Math.max(most, open.length)
      })
    },
  })
  return {
    tool,
    end: (output) => open.shift()?.resolve(output),
    fail: (error) => open.shift()?.reject(error),
    begun: () => begun,
    most: () => most,
  }
}
