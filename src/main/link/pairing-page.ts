// The page that a device sees before it is paired: plain HTML with a form, no script and no file. Pure.
import { createHash } from 'node:crypto'
import { languageFor, type Language } from '../../core/language/language.ts'

/** `gone`: it asked, and was refused or not answered in time. `revoked`: it was paired once. */
export type PageState = 'closed' | 'open' | 'wrong' | 'locked' | 'asking' | 'gone' | 'revoked' | 'often'

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; align-content: center; justify-items: center; background: #faf9f7; color: #22201d; }
main { box-sizing: border-box; width: min(100%, 26rem); padding: 1.5rem; }
h1 { font-size: 1.375rem; margin: 0 0 .5rem; }
form { display: grid; gap: 1rem; margin: 1.25rem 0; }
label { display: grid; gap: .25rem; font-weight: 600; }
input { font: inherit; padding: .75rem; border: 1px solid #8b857c; border-radius: .5rem; background: #fff; color: inherit; min-width: 0; }
.digits { font-size: 1.75rem; letter-spacing: .3em; font-variant-numeric: tabular-nums; text-align: center; }
button, .again { font: inherit; font-weight: 600; padding: .75rem 1rem; border: 0; border-radius: .5rem; background: #2b5d50; color: #fff; text-decoration: none; display: inline-block; text-align: center; }
.alert { border-left: .25rem solid #b3362b; padding: .25rem .75rem; margin: 1rem 0; }
.fingerprint { margin-top: 2rem; font-size: .875rem; color: #5d574f; }
.fingerprint code { display: block; max-width: 26ch; margin-top: .25rem; font-size: .8125rem; }
:focus-visible { outline: 3px solid #2f7d6a; outline-offset: 2px; }
@media (prefers-color-scheme: dark) {
  body { background: #1b1a18; color: #ece8e1; }
  input { background: #262421; border-color: #8b857c; }
  button, .again { background: #8fd3bf; color: #12211c; }
  .fingerprint { color: #b3aca1; }
}
`

const styleHash = createHash('sha256').update(style).digest('base64')

/** A form says where it comes from only with a referrer policy that lets it. */
export const pairingHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  'Cache-Control': 'no-store',
  'Content-Type': 'text/html; charset=utf-8',
}

export const pairPath = '/pair'

/** @param accepted the Accept-Language header @param agent the User-Agent header: only for a name to begin with */
export function pairingPage(opts: {
  state: PageState
  fingerprint: string
  /** What was typed before, and how many tries are left. */
  before?: { name: string; left: number } | undefined
  accepted: string | undefined
  agent: string | undefined
}): string {
  const { state } = opts
  const language = languageFor('system', wanted(opts.accepted))
  return `<!doctype html>
<html lang="${language.locale}" dir="${language.direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${state === 'asking' ? '<meta http-equiv="refresh" content="2;url=/">' : ''}
<title>Parley</title>
<style>${style}</style>
<main>
<h1>${plain(language.say('pair.title'))}</h1>
${bodyOf(state, language, opts.before ?? { name: nameFrom(opts.agent), left: 0 })}
<p class="fingerprint">${plain(language.say('pair.fingerprint'))}<code>${pairs(opts.fingerprint)}</code></p>
</main>
</html>
`
}

function bodyOf(state: PageState, language: Language, { name, left }: { name: string; left: number }): string {
  const { say } = language
  const again = `<p><a class="again" href="/">${plain(say('pair.again'))}</a></p>`
  switch (state) {
    case 'asking':
      return `<p role="status">${plain(say('pair.asking'))}</p>`
    case 'closed':
      return `<p>${plain(say('pair.closed'))}</p>${again}`
    case 'revoked':
      return `<p class="alert" role="alert">${plain(say('pair.revoked'))}</p><p>${plain(say('pair.closed'))}</p>${again}`
    case 'locked':
      return `<p class="alert" role="alert">${plain(say('pair.locked'))}</p>${again}`
    case 'gone':
      return `<p class="alert" role="alert">${plain(say('pair.gone'))}</p>${again}`
    case 'often':
      return `<p class="alert" role="alert">${plain(say('pair.often'))}</p>${again}`
    case 'open':
    case 'wrong':
      return `${state === 'wrong' ? `<p class="alert" role="alert">${plain(say('pair.wrong', { count: left }))}</p>` : `<p>${plain(say('pair.how'))}</p>`}
<form method="post" action="${pairPath}" autocomplete="off">
<label>${plain(say('pair.digits'))}<input class="digits" name="digits" inputmode="numeric" pattern="[0-9]{6}" maxlength="6" autocomplete="one-time-code" required autofocus></label>
<label>${plain(say('pair.name'))}<input name="name" maxlength="40" value="${plain(name)}" required></label>
<button>${plain(say('pair.join'))}</button>
</form>`
  }
}

/** A line ends between two pairs, never within one: it is compared with another one by eye. */
function pairs(fingerprint: string): string {
  return plain(fingerprint).replaceAll(':', ':<wbr>')
}

function plain(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** In the browser's order; weights are as good as always falling. */
function wanted(accepted: string | undefined): string[] {
  const tags = (accepted ?? '').slice(0, 256).split(',')
  return tags
    .map((tag) => tag.split(';')[0]?.trim() ?? '')
    .filter((tag) => /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag))
}

const kinds = ['iPhone', 'iPad', 'Android', 'Windows', 'Macintosh', 'CrOS', 'Linux'] as const

function nameFrom(agent: string | undefined): string {
  const kind = kinds.find((one) => (agent ?? '').includes(one)) ?? ''
  return kind === 'Macintosh' ? 'Mac' : kind === 'CrOS' ? 'Chromebook' : kind
}
