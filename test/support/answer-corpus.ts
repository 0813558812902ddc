// Answers as models give them and as nobody should: Markdown of every kind, code, tables, links, very long ones, other
// scripts, and whatever might try to be more than text. 60 of them.

const words = (count: number): string => Array.from({ length: count }, (_, at) => `word${at}`).join(' ')

const plain = [
  'Yes.',
  'The capital of Australia is Canberra.',
  'One line\nand the next, without a blank line between.',
  'A paragraph.\n\nAnother paragraph.\n\nA third one.',
  '…and then — “quoted” — it ended',
  `A paragraph of some length. ${words(120)}.`,
  words(4_000),
  'a'.repeat(3_000),
  `${'x'.repeat(400)} ${'y'.repeat(400)}`,
  '   indented a little',
]

const markdown = [
  '# First\n\n## Second\n\n### Third\n\n#### Fourth\n\n##### Fifth\n\n###### Sixth',
  '**Bold**, *slanted*, ***both***, ~~gone~~ and `code`.',
  '- one\n- two\n- three',
  '1. one\n2. two\n3. three',
  '7. seven\n8. eight',
  '- one\n  - inner\n    - innermost\n- two',
  '1. first\n   - with a point\n   - and another\n2. second\n\n   with a paragraph',
  '- [ ] to do\n- [x] done',
  '> A quote.\n>\n> > And one in it.',
  '> - a list\n> - in a quote',
  'Above\n\n---\n\nBelow',
  'Escaped \\*stars\\* and \\_lines\\_ and \\`ticks\\`.',
  'An entity: &amp; &lt; &copy; &#169; &#x1F600;',
  'Line with two spaces  \nand a break',
  '* * *\n\nStar list:\n\n* a\n* b',
  'Term\n: no definition list',
]

const code = [
  '```js\nconst answer = 42\nconsole.log(answer)\n```',
  '```\nno language\n```',
  `\`\`\`py\n${'x = 1  # a rather long line of code that does not wrap '.repeat(4)}\n\`\`\``,
  '    indented code\n    second line',
  'Before\n\n```html\n<script>alert(1)</script>\n```\n\nAfter',
  '```sh\nrm -rf ./build && npm run build\n```\n\n```diff\n- old\n+ new\n```',
  'An unclosed fence:\n\n```ts\nlet x = 1',
  'Inline `` with `ticks` `` in it.',
]

const tables = [
  '| Name | Size |\n|---|---:|\n| one | 1 |\n| two | 22 |',
  `| ${Array.from({ length: 14 }, (_, at) => `Column ${at}`).join(' | ')} |\n|${'---|'.repeat(14)}\n| ${'cell | '.repeat(14)}`,
  '| **Bold** | [Link](https://example.org/) | `code` |\n|:--|:-:|--:|\n| a | b | c |',
  `| Long |\n|---|\n| ${'w'.repeat(600)} |`,
]

const links = [
  'See [the manual](https://example.org/manual) or <https://example.org/plain>.',
  'A bare one: https://example.org/a?b=c#d and www.example.org',
  'Mail <ada@example.org> or [write](mailto:ada@example.org).',
  '[reference][one]\n\n[one]: https://example.org/reference',
]

const scripts = [
  'مرحبا بالعالم. هذا **نص** عربي مع رقم 42 وكلمة English في الوسط.',
  'השעה עשר וארבעים, and the last train leaves at 23:10.',
  '你好，世界。这是一段中文，其中有**粗体**和`代码`。',
  '今日は良い天気ですね。明日は雨が降るでしょう。',
  '안녕하세요. 오늘은 날씨가 좋네요.',
  'Emoji: 😀 👩‍👩‍👧‍👦 🇩🇪 👍🏽 ❤️ and 1️⃣',
]

const hostile = [
  '<script>globalThis.hostile = 1</script>',
  '<img src="https://evil.example/x.png" onerror="globalThis.hostile = 1">',
  '![picture](https://evil.example/y.png)',
  '[click](javascript:globalThis.hostile=1) [data](data:text/html,<script>1</script>) [file](file:///etc/passwd)',
  '<iframe src="https://evil.example/"></iframe><svg onload="globalThis.hostile = 1"></svg>',
  '<a href="https://evil.example/" onclick="globalThis.hostile = 1">a</a> <style>body{display:none}</style>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/"><base href="https://evil.example/">',
  `${'>'.repeat(3_000)} deep`,
  `${'['.repeat(2_000)}x${']'.repeat(2_000)}`,
  `${'*_'.repeat(1_500)}x`,
  '[user](https://name:secret@evil.example/) [http](http://evil.example/) ![a](data:image/svg+xml,<svg/onload=1>)',
  '<form action="https://evil.example/"><input name="q"><button>Send</button></form>',
]

export const answerCorpus: readonly string[] = [
  ...plain,
  ...markdown,
  ...code,
  ...tables,
  ...links,
  ...scripts,
  ...hostile,
]
