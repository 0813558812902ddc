// What is kept on this computer: for how long, whether all of it is in order, all of it as one file, and what ended Parley.
import { useEffect, useState } from 'preact/hooks'
import type { CrashView } from '../../core/crash-report.ts'
import type { Settings } from '../../core/settings.ts'
import type { CheckReport, Finding } from '../../core/store/check-report.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Icon } from '../parts/icon.tsx'
import { Choice, TextField } from './fields.tsx'
import { Form, LineField } from './line-field.tsx'

export function DataSettings() {
  return (
    <>
      <Keeps />
      <Files />
      <OneFile />
      <Crashes />
    </>
  )
}

const usualDays = 90

function Keeps() {
  const app = useApp()
  const { say } = useLanguage()
  const keeps = useKnown((known) => known.settings.keepsConversations)
  const set = (keepsConversations: Settings['keepsConversations']): void =>
    void app.ask('settings', { keepsConversations })
  const kind = typeof keeps === 'number' ? 'days' : keeps
  return (
    <>
      <Choice
        label={say('data.keeps')}
        hint={say(`data.keeps.${kind}Hint`)}
        value={kind}
        options={[
          ['ever', say('data.keeps.ever')],
          ['days', say('data.keeps.days')],
          ['session', say('data.keeps.session')],
        ]}
        onChosen={(chosen) => set(chosen === 'days' ? usualDays : chosen)}
      />
      {typeof keeps === 'number' && (
        <TextField
          label={say('data.days')}
          value={String(keeps)}
          maxLength={4}
          onSaved={(days) => /^[1-9]\d{0,3}$/.test(days) && set(Number(days))}
        />
      )}
    </>
  )
}

function Files() {
  const app = useApp()
  const { say } = useLanguage()
  const [report, setReport] = useState<CheckReport | null>(null)
  async function check(repair: boolean): Promise<void> {
    const checked = await app.ask('check-files', { repair })
    if (checked.ok) setReport(checked.value)
  }
  const canMend = report?.found.some(({ state }) => state === 'left') === true
  return (
    <>
      <button type="button" class="own-width" onClick={() => void check(false)}>
        {say('data.check')}
      </button>
      <div role="status">
        {report && <p class="quiet">{say('data.checked', { total: report.looked, count: report.found.length })}</p>}
        {report && report.found.length > 0 && (
          <ul>
            {report.found.map((finding) => (
              <Found key={`${finding.file} ${finding.message}`} finding={finding} />
            ))}
          </ul>
        )}
      </div>
      {canMend && (
        <button type="button" class="own-width" onClick={() => void check(true)}>
          {say('data.mend')}
        </button>
      )}
    </>
  )
}

function Found({ finding: { file, message, state, kept } }: { finding: Finding }) {
  const { say, told } = useLanguage()
  return (
    <li>
      <bdi>{file}</bdi>: {told(message)} {say(`data.state.${state}`)}
      {kept.length > 0 && ` ${say('data.keptAs', { name: kept.join(', ') })}`}
    </li>
  )
}

function OneFile() {
  const app = useApp()
  const { say, told } = useLanguage()
  const shell = useKnown((known) => known.shell)
  const [folder, setFolder] = useState('~')
  const [file, setFile] = useState('')
  async function save(into: string): Promise<void> {
    const made = await app.ask('export-all', { folder: into })
    if (made.ok) app.note(say('data.exported', { name: made.value.file }))
  }
  async function pick(): Promise<void> {
    const picked = await app.ask('pick-folder', { pick: 'folder' })
    if (picked.ok && picked.value.path !== null) await save(picked.value.path)
  }
  async function read(): Promise<void> {
    const taken = await app.ask('import-all', { file: file.trim() })
    if (!taken.ok) return
    setFile('')
    app.note(told(taken.value.message))
  }
  return (
    <>
      {shell === 'electron' ? (
        <button type="button" class="own-width" onClick={() => void pick()}>
          <Icon name="folder" />
          {say('data.exportAll')}
        </button>
      ) : (
        <Form onSubmit={() => void save(folder.trim())}>
          <LineField
            label={say('data.exportInto')}
            hint={say('data.exportHint')}
            action={say('data.exportAll')}
            disabled={folder.trim() === ''}
            value={folder}
            onInput={setFolder}
            input={{ type: 'text', maxLength: 4096 }}
          />
        </Form>
      )}
      <Form onSubmit={() => void read()}>
        <LineField
          label={say('data.importFrom')}
          hint={say('data.importHint')}
          action={say('data.import')}
          disabled={file.trim() === ''}
          value={file}
          onInput={setFile}
          input={{ type: 'text', maxLength: 4096 }}
        />
      </Form>
    </>
  )
}

function Crashes() {
  const app = useApp()
  const { say, whenShort } = useLanguage()
  const [crashes, setCrashes] = useState<readonly CrashView[]>([])
  useEffect(() => {
    void app.ask('crashes', { which: 'all' }).then((reply) => reply.ok && setCrashes(reply.value))
  }, [app])
  if (crashes.length === 0) return null
  return (
    <>
      <h4>{say('data.reports')}</h4>
      <p class="quiet">{say('data.reportsHint')}</p>
      {crashes.map(({ crash, text }, at) => (
        <details key={crash.atMs} open={at === 0}>
          <summary>{whenShort(crash.atMs, Date.now())}</summary>
          <pre>{text}</pre>
        </details>
      ))}
    </>
  )
}
