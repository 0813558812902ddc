// One server of tools: how it stands and why, what of it can't be used, a way to start it anew, and, at an address, its sign-in.
import { useState } from 'preact/hooks'
import type { ToolServerView } from '../../core/agent/tool-server.ts'
import type { McpServer } from '../../core/settings.ts'
import { copyText } from '../copy-text.ts'
import { useApp, useKnown } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { serverLine } from '../server-draft.ts'
import { serverStateWords } from '../server-words.ts'
import { Check, Field } from './fields.tsx'

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
            aria-label={`Restart ${name}`}
            onClick={() => void app.ask('restart-mcp', { name })}
          >
            <Icon name="again" />
          </button>
          <button type="button" class="plain" aria-label={`Remove ${name}`} onClick={onRemove}>
            <Icon name="trash" />
          </button>
        </div>
        <bdi class="quiet">{serverLine(server)}</bdi>
        {view !== null && <HowItStands server={server} view={view} />}
        <Check label="Believe it when it says that a tool only reads" value={server.trustsHints} onChanged={onTrusts} />
      </div>
    </li>
  )
}

function HowItStands({ server, view }: { server: McpServer; view: ToolServerView }) {
  const { state, printed, leftOut } = view
  const isBad = state.type === 'failed' || state.type === 'sign-in'
  return (
    <>
      <p class={isBad ? 'server-state bad' : 'server-state'}>{serverStateWords(state, server.kind)}</p>
      {printed.length > 0 && state.type !== 'starting' && (
        <pre class="printed" tabIndex={0} aria-label={`What ${server.name} said last`}>
          {printed.join('\n')}
        </pre>
      )}
      {leftOut.length > 0 && (
        <details>
          <summary>Left out: {leftOut.length}</summary>
          <ul class="left-out">
            {leftOut.map(({ name, why }, at) => (
              <li key={at}>
                <bdi>{name}</bdi>: {why}
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
  if (kept.header)
    return (
      <div class="key-held">
        <p>
          <Icon name="check" />
          It is given your header.
        </p>
        <button type="button" onClick={() => void app.ask('remove-mcp-header', { name })}>
          Remove the header
        </button>
      </div>
    )
  if (kept.signedIn && state.type !== 'sign-in')
    return (
      <div class="key-held">
        <p>
          <Icon name="check" />
          You are signed in.
        </p>
        <button type="button" onClick={() => void app.ask('sign-out-mcp', { name })}>
          Sign out
        </button>
      </div>
    )
  if (state.type !== 'sign-in') return null
  async function copy(address: string): Promise<void> {
    app.note((await copyText(address)) ? 'The address is on the clipboard.' : 'It could not be copied.')
  }
  return (
    <>
      {state.address === null ? (
        <button type="button" onClick={() => void app.ask('sign-in-mcp', { name })}>
          Sign in
        </button>
      ) : (
        <p class="with-button">
          <a href={state.address} target="_blank" rel="noopener noreferrer">
            Sign in at {new URL(state.address).host}
          </a>
          <button type="button" onClick={() => void copy(state.address ?? '')}>
            Copy the address
          </button>
        </p>
      )}
      <HeaderField name={name} />
    </>
  )
}

function HeaderField({ name }: { name: string }) {
  const app = useApp()
  const { keeping } = useKnown((known) => known.keys)
  const [header, setHeader] = useState('')
  const [plain, setPlain] = useState(false)
  async function save(): Promise<void> {
    if ((await app.ask('set-mcp-header', { name, header, plain })).ok) setHeader('')
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field
        label={`Or a header for ${name}`}
        hint={`Authorization, like: Bearer abc. ${keeping === 'encrypted' ? 'Kept in your system’s keyring.' : 'Forgotten when Parley ends.'}`}
      >
        {(id, hintId) => (
          <div class="with-button">
            <input
              id={id}
              aria-describedby={hintId}
              type="password"
              autocomplete="off"
              maxLength={8_192}
              value={header}
              onInput={({ currentTarget }) => setHeader(currentTarget.value)}
            />
            <button type="submit" disabled={header.trim() === ''}>
              Set
            </button>
          </div>
        )}
      </Field>
      {keeping === 'plain' && (
        <Check
          label="Keep it in a file all the same. Whoever can read my files can read it."
          value={plain}
          onChanged={setPlain}
        />
      )}
    </form>
  )
}
