// How Parley keeps out of the way on the desktop: what closing does where there is no tray, and when it tells nothing.
import { useKnown, useLanguage } from '../hooks.ts'
import type { Settings } from '../../core/settings.ts'
import { Check, Choice, Field } from './fields.tsx'

/** At first, as most people sleep. */
const usualHours = { from: '22:00', to: '07:00' }

export function OutOfTheWay({ onSet }: { onSet: (some: Partial<Settings>) => void }) {
  const { say } = useLanguage()
  const { lowersOthers, showsBar, withoutTray, quietHours } = useKnown((known) => known.settings)
  return (
    <>
      <Check label={say('settings.showsBar')} value={showsBar} onChanged={(on) => onSet({ showsBar: on })} />
      <Check
        label={say('settings.lowersOthers')}
        value={lowersOthers}
        onChanged={(on) => onSet({ lowersOthers: on })}
      />
      <Choice
        label={say('settings.withoutTray')}
        value={withoutTray}
        options={[
          ['ask', say('settings.withoutTray.ask')],
          ['minimise', say('settings.withoutTray.minimise')],
          ['quit', say('settings.withoutTray.quit')],
        ]}
        onChosen={(chosen) => onSet({ withoutTray: chosen })}
      />
      <Check
        label={say('settings.quietHours')}
        value={quietHours !== null}
        onChanged={(on) => onSet({ quietHours: on ? usualHours : null })}
      />
      {quietHours !== null &&
        (['from', 'to'] as const).map((end) => (
          <Field key={end} label={say(end === 'from' ? 'settings.quietFrom' : 'settings.quietTo')}>
            {(id) => (
              <input
                id={id}
                type="time"
                value={quietHours[end]}
                onChange={({ currentTarget: { value } }) =>
                  value !== '' && onSet({ quietHours: { ...quietHours, [end]: value } })
                }
              />
            )}
          </Field>
        ))}
    </>
  )
}
