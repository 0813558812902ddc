// The pictures of a turn, below its words: small ones that open large, and a sentence for one that was deleted.
import { sentenceOf, type Picture } from '../../core/pictures/picture.ts'
import { useApp, useLanguage } from '../hooks.ts'
import { forgetPicture, usePictureUrl } from '../pictures/kept.ts'
import { Icon } from './icon.tsx'
import { Over } from './over.tsx'

export function ShownPictures({ pictures }: { pictures: readonly Picture[] }) {
  return (
    <ul class="pictures" data-aside>
      {pictures.map((picture) => (
        <li key={picture.digest}>
          <Small picture={picture} />
        </li>
      ))}
    </ul>
  )
}

function Small({ picture }: { picture: Picture }) {
  const app = useApp()
  const { say } = useLanguage()
  const { name, width, height, removed } = picture
  const url = usePictureUrl(removed === true ? null : picture.digest)
  if (removed === true) return <span class="picture-gone">{say('picture.deleted', { name })}</span>
  return (
    <button
      type="button"
      class="picture"
      aria-label={say('picture.open', { name })}
      title={name}
      onClick={() => app.picture.set(picture)}
    >
      {url === null ? (
        <span class="picture-coming" style={{ aspectRatio: `${width} / ${height}` }}>
          {sentenceOf(picture)}
        </span>
      ) : (
        <img src={url} alt={name} width={width} height={height} />
      )}
    </button>
  )
}

export function LargePicture({ picture }: { picture: Picture }) {
  const app = useApp()
  const { say } = useLanguage()
  const { digest, name, width, height } = picture
  const url = usePictureUrl(digest)
  const close = (): void => app.picture.set(null)

  async function remove(): Promise<void> {
    if (!(await app.ask('remove-picture', { digest })).ok) return
    forgetPicture(app, digest)
    close()
  }

  return (
    <Over name="large-picture" label={name} onClose={close}>
      <header>
        <h2 dir="auto">{name}</h2>
        <button type="button" class="plain" aria-label={say('picture.close')} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <div class="large-picture-room">{url !== null && <img src={url} alt={name} width={width} height={height} />}</div>
      <footer>
        <button type="button" class="danger" onClick={() => void remove()}>
          <Icon name="trash" />
          {say('picture.delete')}
        </button>
      </footer>
    </Over>
  )
}
