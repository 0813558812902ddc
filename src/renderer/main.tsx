// Starts the window.
import { render } from 'preact'
import { createApp } from './actions.ts'
import { Window } from './app.tsx'
import { Bar } from './bar.tsx'
import { reachMain } from './bridge.ts'
import { AppContext } from './hooks.ts'
import './styles/base.css'
import './styles/captions.css'
import './styles/markdown.css'
import './styles/parts.css'
import './styles/talk.css'
import './styles/panels.css'
import './styles/forms.css'
import './styles/health.css'
import './styles/work.css'
import './styles/welcome.css'
import './styles/over.css'
import './styles/pictures.css'
import './styles/bar.css'

const root = document.getElementById('app')
if (root) {
  const app = createApp(reachMain())
  render(<AppContext.Provider value={app}>{location.hash === '#bar' ? <Bar /> : <Window />}</AppContext.Provider>, root)
}
