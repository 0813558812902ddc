// What Parley may do besides talking: in which folders, with which servers, and each tool switched on or off.
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { TextField } from './fields.tsx'
import { Folders } from './folders.tsx'
import { Servers } from './servers.tsx'
import { ToolSwitches } from './tool-switches.tsx'

export function ToolsPanel() {
  return (
    <div class="settings">
      <Folders />
      <Reach />
      <Servers />
      <ToolSwitches />
    </div>
  )
}

function Reach() {
  const app = useApp()
  const { say } = useLanguage()
  const { notesFile, privateHosts } = useKnown((known) => known.settings)
  return (
    <section>
      <h3>{say('reach.title')}</h3>
      <TextField
        label={say('reach.notes')}
        hint={say('reach.notesHint')}
        value={notesFile}
        maxLength={4_096}
        onSaved={(path) => void app.ask('settings', { notesFile: path })}
      />
      <TextField
        label={say('reach.hosts')}
        hint={say('reach.hostsHint')}
        value={privateHosts.join(', ')}
        maxLength={8_192}
        onSaved={(hosts) => void app.ask('settings', { privateHosts: hosts.split(/[\s,]+/).filter(Boolean) })}
      />
    </section>
  )
}
