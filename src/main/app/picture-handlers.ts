// What a window asks of pictures: of the conversation that is open, and of the screen.
import type { Answers, ArgumentOf } from '../../core/ipc.ts'
import type { PictureAnswers } from '../../core/picture-requests.ts'
import type { Companion, ShownPicture } from '../companion.ts'
import type { AppOpts } from './app-opts.ts'
import { RefusedRequest } from './reply.ts'
import type { AppParts } from './app-parts.ts'

type Handled = {
  [Name in keyof PictureAnswers]: (argument: ArgumentOf<Name>) => Promise<Answers[Name]>
}

/** As they come from a window, for the companion. */
export function shownOf(pictures: ArgumentOf<'say'>['pictures'] = []): ShownPicture[] {
  return pictures.map((one) => ('digest' in one ? one : { name: one.name, bytes: Buffer.from(one.data, 'base64') }))
}

export function createPictureHandlers(opts: AppOpts, { active }: AppParts): Handled {
  function companion(): Companion {
    const open = active.companion()
    if (!open) throw new RefusedRequest('refused', 'There is no conversation open. Choose one or begin a new one.')
    return open
  }

  return {
    async picture({ digest }) {
      const found = await companion().picture(digest)
      if (found === null) throw new RefusedRequest('missing', 'This picture is not there any more.')
      return { type: found.type, data: Buffer.from(found.bytes).toString('base64') }
    },
    async 'remove-picture'({ digest }) {
      await companion().removePicture(digest)
      return null
    },
    async 'add-to-task'({ task, text, pictures }) {
      if (!(await companion().addToTask(task, text, shownOf(pictures))))
        throw new RefusedRequest('missing', 'This task has come to its end and takes nothing more.')
      return null
    },
    async screens() {
      try {
        return (await opts.screens?.list()) ?? null
      } catch (error) {
        throw new RefusedRequest('refused', error instanceof Error ? error.message : 'The screen can’t be seen.')
      }
    },
    'choose-screen'({ id }) {
      opts.screens?.choose(id)
      return Promise.resolve(null)
    },
  }
}
