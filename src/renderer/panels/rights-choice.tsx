// What a device may do, right by right. To read goes without saying.
import { rights as allRights, type Right } from '../../core/devices/rights.ts'
import { useLanguage } from '../hooks.ts'

export function RightsChoice({
  label,
  rights,
  onChosen,
  isExplained = false,
}: {
  label: string
  rights: readonly Right[]
  onChosen: (rights: readonly Right[]) => void
  isExplained?: boolean
}) {
  const { say } = useLanguage()
  return (
    <fieldset class="rights">
      <legend>{label}</legend>
      {allRights.map((right) => (
        <label key={right} class="check">
          <input
            type="checkbox"
            checked={right === 'read' || rights.includes(right)}
            disabled={right === 'read'}
            onChange={({ currentTarget: { checked } }) =>
              onChosen(checked ? [...rights, right] : rights.filter((one) => one !== right))
            }
          />
          {isExplained ? (
            <span>
              {say(`right.${right}`)} <small>{say(`right.${right}.about`)}</small>
            </span>
          ) : (
            say(`right.${right}`)
          )}
        </label>
      ))}
    </fieldset>
  )
}
