// What holds for every page that Electron will ever show, however it came to be: no permission, no other address, no new
// window, no guest. Called once, before the app is ready.
import { app, dialog, protocol, session, shell, type Session } from 'electron'
import { appOrigin } from '../gate.ts'
import { readLink, type Link } from '../../../core/link.ts'
import type { Site } from '../site.ts'
import { shellLanguage } from './language.ts'
import { offerOwnFiles } from './downloads.ts'

export function lockDown(): void {
  // Chromium's sandbox does not run as root; whoever starts Parley so says it on the command line.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  // Also of a session that a later part, or a package, makes for itself.
  app.on('session-created', (made) => {
    denyEverything(made)
    keepInside(made)
  })
  app.on('web-contents-created', (_event, contents) => {
    // `devTools: false` of the window does not reach a window that somebody else makes.
    if (app.isPackaged) contents.on('devtools-opened', () => contents.closeDevTools())
    const stay = (event: { preventDefault(): void }): void => event.preventDefault()
    contents.on('will-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-frame-navigate', stay)
    contents.on('will-attach-webview', stay)
    contents.setWindowOpenHandler(({ url }) => {
      void offerLink(url)
      return { action: 'deny' }
    })
    denyEverything(contents.session)
  })
}

/**
 * Sound lives in a process of its own, so a page needs no permission but one: to ask for a picture of a window or a screen, which
 * it gets of what the person has just chosen, and of nothing else (screens.ts).
 */
function denyEverything(from: Session): void {
  from.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const isOwn = details.isMainFrame && details.requestingUrl.startsWith(`${appOrigin}/`)
    // Electron asks for it as for a medium that is neither camera nor microphone.
    const isOfScreen =
      permission === 'display-capture' ||
      (permission === 'media' && 'mediaTypes' in details && details.mediaTypes.length === 0)
    answer(isOwn && isOfScreen)
  })
  from.setPermissionCheckHandler(() => false)
  from.setDevicePermissionHandler(() => false)
  offerOwnFiles(from)
}

async function offerLink(url: string): Promise<void> {
  const link = readLink(url)
  if (!link) return
  const { say } = shellLanguage()
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: say('shell.openLink', { place: link.host }),
    detail: link.href,
    buttons: [say('shell.cancel'), say('shell.open')],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 1) await openLink(link)
}

/** The only place that hands an address to the system: https, written anew, and the person has agreed to it. */
export function openLink({ href }: Link): Promise<void> {
  return shell.openExternal(href)
}

/** Serves the window's files; every other address is refused, on the network too. */
export function serveSite(site: Site): void {
  const own = session.defaultSession
  // Of its own accord it would fetch dictionaries.
  own.setSpellCheckerEnabled(false)
  if (process.platform !== 'darwin') own.setSpellCheckerLanguages([])
  denyEverything(own)
  keepInside(own)
  own.protocol.handle('app', (request) => {
    const { status, headers, body } = site(request.method, request.url)
    return new Response(body, { status, headers })
  })
}

/** Nothing but the window's own files is ever asked for, whoever asks. */
function keepInside(of: Session): void {
  of.webRequest.onBeforeRequest((details, answer) => {
    const isOwn = details.url.startsWith(`${appOrigin}/`) || details.url.startsWith('data:')
    // DevTools is a page of Chromium's own, and is there only while the app is developed.
    answer({ cancel: !isOwn && !details.url.startsWith('devtools:') })
  })
}
