// The way to pictures beside the field: choosing files, or taking one of a window or a screen; and those that wait to be sent.
import type { RefObject } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { useApp, useLanguage, useMay, useStore } from '../hooks.ts'
import { usePictureUrl } from '../pictures/kept.ts'
import type { Waiting } from '../pictures/scale.ts'
import { addFiles, filesIn, leaveOut, takePicture } from '../pictures/take.ts'
import { Icon } from './icon.tsx'

/** The system's dialog for pictures, opened by a click on the field, which nobody sees; the same file can be chosen again. */
export function PictureFiles(props: { field: RefObject<HTMLInputElement | null>; onChosen: (chosen: File[]) => void }) {
  return (
    <input
      ref={props.field}
      class="unseen"
      type="file"
      tabIndex={-1}
      aria-hidden="true"
      accept="image/png,image/jpeg,image/webp,image/gif"
      multiple
      onChange={({ currentTarget }) => {
        props.onChosen([...(currentTarget.files ?? [])])
        currentTarget.value = ''
      }}
    />
  )
}

export function AddPicture() {
  const app = useApp()
  const isHere = useMay('here')
  const { say } = useLanguage()
  const id = useId()
  const files = useRef<HTMLInputElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        class="add-picture"
        aria-label={say('picture.add')}
        title={say('picture.add')}
        aria-expanded={isOpen}
        popovertarget={id}
        style={{ anchorName: `--${id}` }}
      >
        <Icon name="picture" />
      </button>
      <div
        id={id}
        ref={menu}
        class="turn-menu picture-menu"
        popover="auto"
        style={{ positionAnchor: `--${id}` }}
        onToggle={() => setOpen(menu.current?.matches(':popover-open') === true)}
        onClick={() => menu.current?.hidePopover()}
      >
        <button type="button" onClick={() => files.current?.click()}>
          <Icon name="folder" />
          {say('picture.choose')}
        </button>
        {isHere && (
          <button type="button" onClick={() => void takePicture(app)}>
            <Icon name="screen" />
            {say('picture.capture')}
          </button>
        )}
      </div>
      <PictureFiles field={files} onChosen={(chosen) => void addFiles(app, chosen)} />
    </>
  )
}

/** Those that go with the next words, each with a way to leave it out. */
export function WaitingPictures() {
  const app = useApp()
  const { say } = useLanguage()
  const pictures = useStore(app.pictures)
  if (pictures.length === 0) return null
  return (
    <ul class="waiting-pictures" aria-label={say('picture.waiting')}>
      {pictures.map((picture) => (
        <li key={picture.id}>
          <Chip picture={picture} />
        </li>
      ))}
    </ul>
  )
}

function Chip({ picture: { id, name, url, give } }: { picture: Waiting }) {
  const app = useApp()
  const { say } = useLanguage()
  const known = usePictureUrl(url === null && 'digest' in give ? give.digest : null)
  const shown = url ?? known
  return (
    <span class="chip">
      {shown !== null && <img src={shown} alt="" />}
      <span class="chip-name" dir="auto">
        {name}
      </span>
      <button
        type="button"
        class="plain"
        aria-label={say('picture.leaveOut', { name })}
        onClick={() => {
          leaveOut(app, id)
          document.querySelector<HTMLElement>('#typed')?.focus()
        }}
      >
        <Icon name="close" />
      </button>
    </span>
  )
}

/** Pictures that are pasted or dropped anywhere in the window. @returns whether some are being dragged over it */
export function usePicturesFromOutside(): boolean {
  const app = useApp()
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true
    const paste = (event: ClipboardEvent): void => {
      const files = filesIn(event.clipboardData)
      if (files.length === 0) return
      event.preventDefault()
      void addFiles(app, files)
    }
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent): void => {
      setOver(false)
      if (!hasFiles(event)) return
      event.preventDefault()
      void addFiles(app, [...(event.dataTransfer?.files ?? [])])
    }
    addEventListener('paste', paste)
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('paste', paste)
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [app])
  return isOver
}
