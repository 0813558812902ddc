// A piece of code with a button that copies it.
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useLanguage } from '../hooks.ts'
import { copyText } from '../copy-text.ts'

const saidForMs = 2_000

export function Code({ text, language, children }: { text: string; language: string; children: ComponentChildren }) {
  const { say } = useLanguage()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setCopied(false), saidForMs)
    return () => clearTimeout(timer)
  }, [isCopied])
  return (
    <div class="code">
      <div class="code-head" data-aside>
        <span>{language}</span>
        <button type="button" class="plain" onClick={() => void copyText(text).then(setCopied)}>
          {say(isCopied ? 'said.copied' : 'turn.copy')}
        </button>
      </div>
      <pre tabIndex={0} role="group" aria-label={say('said.code')} dir="ltr">
        <code>{children}</code>
      </pre>
    </div>
  )
}
