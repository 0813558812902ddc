// Who talks where: shown on all as soon as another device is in it, with the press that takes the floor or gives it back.
import { useApp, useKnown, useLanguage, useMay, useStore } from '../hooks.ts'

export function FloorLine() {
  const app = useApp()
  const { say } = useLanguage()
  const device = useKnown((known) => known.device)
  const floor = useKnown((known) => known.state.floor ?? null)
  const mayTalk = useMay('talk')
  const isReached = useKnown(({ reach }) => reach === 'reached')
  const hold = useStore(app.floor.state)
  // Who has it can't be known then, nor taken.
  if (!isReached || (device === null && floor === null)) return null
  const isMine = device !== null && hold === 'here'
  return (
    <div class="floor-line">
      <p role="status">
        {isMine
          ? say('floor.mine')
          : floor === null
            ? say('floor.computer')
            : say('floor.theirs', { name: floor.name })}
      </p>
      {mayTalk && (
        <button
          type="button"
          disabled={hold === 'opening'}
          onClick={() => (isMine ? app.floor.giveBack() : void app.floor.take())}
        >
          {say(isMine ? 'floor.giveBack' : 'floor.take')}
        </button>
      )}
    </div>
  )
}
