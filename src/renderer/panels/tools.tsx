// What Parley may do besides talking: in which folders, with which servers, and each tool switched on or off.
import { Folders } from './folders.tsx'
import { Servers } from './servers.tsx'
import { ToolSwitches } from './tool-switches.tsx'

export function ToolsPanel() {
  return (
    <div class="settings">
      <Folders />
      <Servers />
      <ToolSwitches />
    </div>
  )
}
