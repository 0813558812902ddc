// The echo of the voice in the microphone: what becomes of it, to choose and to read.
import type { EchoView } from '../../core/audio/echo-view.ts'
import type { Say } from '../../core/language/messages.ts'
import { useApp, useKnown, useLanguage } from '../hooks.ts'
import { Fact } from './facts.tsx'
import { Check, Choice } from './fields.tsx'

const choices = ['automatic', 'on', 'off'] as const

export function EchoChoice() {
  const app = useApp()
  const { say } = useLanguage()
  const { echo, suppressesNoise } = useKnown((known) => known.settings)
  const view = useKnown((known) => known.health.echo)
  return (
    <>
      <Choice
        label={say('echo.label')}
        value={echo}
        options={choices.map((one): [typeof one, string] => [one, say(`echo.${one}`)])}
        onChosen={(chosen) => void app.ask('settings', { echo: chosen })}
      />
      {view !== null && <p class="hint">{say('echo.now', { state: standing(view, say) })}</p>}
      <Check
        label={say('echo.noise')}
        value={suppressesNoise}
        onChanged={(on) => void app.ask('settings', { suppressesNoise: on })}
      />
    </>
  )
}

export function EchoFacts({ echo }: { echo: EchoView | null }) {
  const { say, milliseconds } = useLanguage()
  if (echo === null) return null
  return (
    <>
      <Fact name={say('health.echo')} isBad={echo.mode.type === 'half-duplex'}>
        {standing(echo, say)}
      </Fact>
      <Fact name={say('health.echoDelay')}>
        {echo.delayMs === null ? say('health.echoUnheard') : milliseconds(echo.delayMs)}
      </Fact>
    </>
  )
}

function standing({ mode, erleDb }: EchoView, say: Say): string {
  if (mode.type !== 'cancelling') return say(`echo.is.${mode.why}`)
  return erleDb === null ? say('echo.is.cancelling') : say('echo.is.measured', { count: erleDb })
}
