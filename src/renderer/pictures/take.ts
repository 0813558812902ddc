// How pictures come in: pasted, dropped, chosen as files, or taken of a window or a screen. They wait above the field until they
// are sent or left out.
import type { App } from '../actions.ts'
import { pictureLimits } from '../../core/picture-limits.ts'
import type { Picture } from '../../core/pictures/picture.ts'
import { languageOf } from '../store.ts'
import { nextId, scaled, scaledFile, type Waiting } from './scale.ts'

/** As many as go with one turn; of the others the person is told. */
export async function addFiles(app: App, files: readonly File[]): Promise<void> {
  add(app, await scaledFiles(app, files))
}

/** At once, to a task that is at work. */
export async function showToTask(app: App, task: string, files: readonly File[]): Promise<void> {
  const made = (await scaledFiles(app, files)).slice(0, pictureLimits.ofTurn)
  if (made.length > 0) await app.ask('add-to-task', { task, text: '', pictures: made.map(({ give }) => give) })
}

async function scaledFiles(app: App, files: readonly File[]): Promise<readonly Waiting[]> {
  const { say } = languageOf(app.store.value())
  const made: Waiting[] = []
  for (const file of files.slice(0, pictureLimits.ofTurn + 1)) {
    const picture = await scaledFile(file).catch(() => null)
    if (picture === null) app.note(say('picture.none', { name: file.name }))
    else made.push(picture)
  }
  return made
}

function add(app: App, made: readonly Waiting[]): void {
  const all = [...app.pictures.value(), ...made]
  if (all.length > pictureLimits.ofTurn)
    app.note(languageOf(app.store.value()).say('picture.most', { count: pictureLimits.ofTurn }))
  app.pictures.set(all.slice(0, pictureLimits.ofTurn))
}

/** Those of a turn that is said anew. */
export function addKnown(app: App, pictures: readonly Picture[]): void {
  add(
    app,
    pictures.map(({ name, digest }) => ({ id: nextId(), name, url: null, give: { digest } })),
  )
}

export function leaveOut(app: App, id: string): void {
  app.pictures.set(app.pictures.value().filter((one) => one.id !== id))
}

/** The files among what is pasted or dropped that may be pictures. */
export function filesIn(transfer: DataTransfer | null): File[] {
  return [...(transfer?.files ?? [])].filter(({ type }) => type === '' || type.startsWith('image/'))
}

/** Asks each time: the browser or the system does, or our chooser where the system has none. */
export async function takePicture(app: App): Promise<void> {
  if (app.store.value().shell === 'browser') return shoot(app)
  const sources = await app.ask('screens', null)
  if (!sources.ok) return
  if (sources.value === null) await chooseScreen(app, null)
  else app.screens.set(sources.value)
}

/** @param id null: the system asks which */
export async function chooseScreen(app: App, id: string | null): Promise<void> {
  app.screens.set(null)
  if ((await app.ask('choose-screen', { id })).ok) await shoot(app)
}

async function shoot(app: App): Promise<void> {
  const { say } = languageOf(app.store.value())
  const picture = await oneFrame(say('picture.ofScreen')).catch(() => null)
  if (picture === null) app.note(say('picture.notTaken'))
  else add(app, [picture])
}

async function oneFrame(name: string): Promise<Waiting | null> {
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: false })
  try {
    const video = document.createElement('video')
    video.muted = true
    video.srcObject = stream
    await video.play()
    if (video.videoWidth === 0) await new Promise((resolve) => video.requestVideoFrameCallback(resolve))
    return await scaled(await createImageBitmap(video), name)
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}
