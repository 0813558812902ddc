// Each tool with what it does to the world, switched on or off; by where it comes from.
import { useEffect } from 'preact/hooks'
import { offerLimits } from '../../core/agent/limits.ts'
import type { ToolView } from '../../core/agent/task.ts'
import { riskWords, toolWords } from '../call-words.ts'
import { lookAtTools } from '../actions.ts'
import { useApp, useKnown } from '../hooks.ts'
import { toolAbout } from '../tool-about.ts'

const words = { forModel: 'As a model is told' }

export function ToolSwitches() {
  const app = useApp()
  const tools = useKnown((known) => known.tools)
  useEffect(() => void lookAtTools(app), [app])

  if (tools === null) return <p class="nothing">Looking…</p>
  const places = [...new Set(tools.map(({ from }) => from))]
  return (
    <>
      {places.map((place) => (
        <section key={place}>
          <h3>{place === 'built-in' ? 'Parley’s own tools' : `Tools of ${place}`}</h3>
          {place !== 'built-in' && (
            <p class="with-button">
              {[true, false].map((on) => (
                <button
                  key={String(on)}
                  type="button"
                  aria-label={`All ${on ? 'on' : 'off'}: tools of ${place}`}
                  onClick={() => void app.ask('switch-mcp', { name: place, on })}
                >
                  {on ? 'All on' : 'All off'}
                </button>
              ))}
            </p>
          )}
          <ul class="tools">
            {tools
              .filter(({ from }) => from === place)
              .map((tool) => (
                <li key={tool.name}>
                  <Tool tool={tool} onTurned={(on) => void app.ask('switch-tool', { tool: tool.name, on })} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Tool({ tool, onTurned }: { tool: ToolView; onTurned: (on: boolean) => void }) {
  const { name, description, risk, on, isOver } = tool
  const about = `about-${name}`
  const own = toolAbout(name)
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          aria-describedby={about}
          checked={on}
          onChange={({ currentTarget }) => onTurned(currentTarget.checked)}
        />
        <span>
          {toolWords(name)} <span class={`risk ${risk}`}>{riskWords(risk)}</span>
        </span>
      </label>
      <p class="quiet" id={about} dir="auto">
        {isOver && (
          <strong>
            On, but beyond the {offerLimits.tools} tools that a model is offered. Switch others off to have this one
            used.{' '}
          </strong>
        )}
        {own ?? description}
      </p>
      {own !== null && (
        <details class="for-model">
          <summary>{words.forModel}</summary>
          <p class="quiet">{description}</p>
        </details>
      )}
    </>
  )
}
