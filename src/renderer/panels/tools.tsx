// What Parley may do besides talking: in which folders, with which servers, and each tool switched on or off.
import { useApp, useKnown } from '../hooks.ts'
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
  const { notesFile, privateHosts } = useKnown((known) => known.settings)
  return (
    <section>
      <h3>Notes and network</h3>
      <TextField
        label="Notes file"
        hint="The whole path of a Markdown file. Empty for notes.md in Parley’s own folder."
        value={notesFile}
        maxLength={4_096}
        onSaved={(path) => void app.ask('settings', { notesFile: path })}
      />
      <TextField
        label="Computers of your own network"
        hint="Pages are read from the internet only, and from these: nas.local, 192.168.1.4:8080"
        value={privateHosts.join(', ')}
        maxLength={8_192}
        onSaved={(hosts) => void app.ask('settings', { privateHosts: hosts.split(/[\s,]+/).filter(Boolean) })}
      />
    </section>
  )
}
