// One server of tools: how it stands and why, what of it can't be used, a way to start it anew, and, at an address, its sign-in.
import { useState } from 'preact/hooks'
import type { ToolServerView } from '../../core/agent/tool-server.ts'
import type { McpServer } from '../../core/settings.ts'
import { copyText } from '../copy-text.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { serverLine } from '../server-draft.ts'
import { serverStateWords } from '../server-words.ts'
import { Check } from './fields.tsx'
import { Form, LineField } from './line-field.tsx'

export function ServerRow({
  server,
  view,
  onTrusts,
  onRemove,
}: {
  server: McpServer
  /** Null until it was asked for. */
  view: ToolServerView | null
  onTrusts: (trusts: boolean) => void
  onRemove: () => void
}) {
  const app = useApp()
  const { say } = useLanguage()
  const { name } = server
  return (
    <li>
      <Icon name="server" />
      <div class="row-words">
        <div class="server-head">
          <strong>{name}</strong>
          <button
            type="button"
            class="plain"
            aria-label={say('servers.restart', { name })}
            onClick={() => void app.ask('restart-mcp', { name })}
          >
            <Icon name="again" />
          </button>
          <button type="button" class="plain" aria-label={say('servers.remove', { name })} onClick={onRemove}>
            <Icon name="trash" />
          </button>
        </div>
        <bdi class="quiet">{serverLine(server)}</bdi>
        {view !== null && <HowItStands server={server} view={view} />}
        <Check label={say('servers.believe')} value={server.trustsHints} onChanged={onTrusts} />
      </div>
    </li>
  )
}

function HowItStands({ server, view }: { server: McpServer; view: ToolServerView }) {
  const { say, told } = useLanguage()
  const { state, printed, leftOut } = view
  const isBad = state.type === 'failed' || state.type === 'sign-in'
  return (
    <>
      <p class={isBad ? 'server-state bad' : 'server-state'}>{serverStateWords(state, server.kind, { say, told })}</p>
      {printed.length > 0 && state.type !== 'starting' && (
        <pre class="printed" tabIndex={0} aria-label={say('servers.saidLast', { name: server.name })}>
          {printed.join('\n')}
        </pre>
      )}
      {leftOut.length > 0 && (
        <details>
          <summary>{say('servers.leftOut', { count: leftOut.length })}</summary>
          <ul class="left-out">
            {leftOut.map(({ name, why }, at) => (
              <li key={at}>
                <bdi>{told(name)}</bdi>: {told(why)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {server.kind === 'http' && <WhoOneIs name={server.name} view={view} />}
    </>
  )
}

function WhoOneIs({ name, view: { state, kept } }: { name: string; view: ToolServerView }) {
  const app = useApp()
  const { say } = useLanguage()
  if (kept.header)
    return (
      <div class="key-held">
        <p>
          <Icon name="check" />
          {say('servers.hasHeader')}
        </p>
        <button type="button" onClick={() => void app.ask('remove-mcp-header', { name })}>
          {say('servers.removeHeader')}
        </button>
      </div>
    )
  if (kept.signedIn && state.type !== 'sign-in')
    return (
      <div class="key-held">
        <p>
          <Icon name="check" />
          {say('servers.signedIn')}
        </p>
        <button type="button" onClick={() => void app.ask('sign-out-mcp', { name })}>
          {say('servers.signOut')}
        </button>
      </div>
    )
  if (state.type !== 'sign-in') return null
  async function copy(address: string): Promise<void> {
    app.note(say((await copyText(address)) ? 'servers.addressCopied' : 'servers.notCopied'))
  }
  return (
    <>
      {state.address === null ? (
        <button type="button" onClick={() => void app.ask('sign-in-mcp', { name })}>
          {say('servers.signIn')}
        </button>
      ) : (
        <p class="with-button">
          <a href={state.address} target="_blank" rel="noopener noreferrer">
            {say('servers.signInAt', { place: new URL(state.address).host })}
          </a>
          <button type="button" onClick={() => void copy(state.address ?? '')}>
            {say('servers.copyAddress')}
          </button>
        </p>
      )}
      <HeaderField name={name} />
    </>
  )
}

function HeaderField({ name }: { name: string }) {
  const app = useApp()
  const { say } = useLanguage()
  const { keeping } = useKnown((known) => known.keys)
  const [header, setHeader] = useState('')
  const [plain, setPlain] = useState(false)
  async function save(): Promise<void> {
    if ((await app.ask('set-mcp-header', { name, header, plain })).ok) setHeader('')
  }
  return (
    <Form onSubmit={() => void save()}>
      <LineField
        label={say('servers.header', { name })}
        hint={say(keeping === 'encrypted' ? 'servers.headerKept' : 'servers.headerForgotten')}
        action={say('key.set')}
        disabled={header.trim() === ''}
        value={header}
        onInput={setHeader}
        input={{ type: 'password', maxLength: 8_192 }}
      />
      {keeping === 'plain' && <Check label={say('key.keepPlain')} value={plain} onChanged={setPlain} />}
    </Form>
  )
}
