// Each tool with what it does to the world, switched on or off; by where it comes from.
import { useEffect } from 'preact/hooks'
import { offerLimits } from '../../core/agent/limits.ts'
import type { ToolView } from '../../core/agent/task.ts'
import { toolWords } from '../call-words.ts'
import { lookAtTools } from '../actions.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { toolAbout } from '../tool-about.ts'

export function ToolSwitches() {
  const app = useApp()
  const { say } = useLanguage()
  const tools = useKnown((known) => known.tools)
  useEffect(() => void lookAtTools(app), [app])

  if (tools === null) return <p class="nothing">{say('holds.looking')}</p>
  const places = [...new Set(tools.map(({ from }) => from))]
  return (
    <>
      {places.map((place) => (
        <section key={place}>
          <h3>{place === 'built-in' ? say('tools.own') : say('tools.of', { name: place })}</h3>
          {place !== 'built-in' && (
            <p class="with-button">
              {[true, false].map((on) => (
                <button
                  key={String(on)}
                  type="button"
                  aria-label={say(on ? 'tools.allOnOf' : 'tools.allOffOf', { name: place })}
                  onClick={() => void app.ask('switch-mcp', { name: place, on })}
                >
                  {say(on ? 'tools.allOn' : 'tools.allOff')}
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
  const { say, told } = useLanguage()
  const { name, description, risk, on, isOver } = tool
  const about = `about-${name}`
  const own = toolAbout(name, say)
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
          {toolWords(name, say)} <span class={`risk ${risk}`}>{say(`risk.${risk}`)}</span>
        </span>
      </label>
      <p class="quiet" id={about} dir="auto">
        {isOver && <strong>{say('tools.isOver', { count: offerLimits.tools })} </strong>}
        {own ?? told(description)}
      </p>
      {own !== null && (
        <details class="for-model">
          <summary>{say('tools.forModel')}</summary>
          <p class="quiet">{description}</p>
        </details>
      )}
    </>
  )
}
