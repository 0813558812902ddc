// Pairing one device: the code to scan and the digits to type there, and then the person's yes or no.
import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { encode } from 'uqr'
import { usualRights, type Right } from '../../core/devices/rights.ts'
import type { AskingDevice, LinkView, Pairing } from '../../core/devices/view.ts'
import { useApp, useLanguage, useNow } from '../hooks.ts'
import { RightsChoice } from './rights-choice.tsx'

export function PairDevice({ link }: { link: LinkView }) {
  const app = useApp()
  const { say } = useLanguage()
  const { pairing, pairingEnd, asking, fingerprint } = link
  if (asking) return <Asking key={asking.id} asking={asking} />
  return (
    <>
      {pairing && <Digits pairing={pairing} fingerprint={fingerprint} />}
      <p role="status" class={pairingEnd === 'locked' ? 'bad' : ''}>
        {!pairing && pairingEnd !== null && say(pairingEnd === 'locked' ? 'devices.locked' : 'devices.expired')}
      </p>
      <div class="device-acts">
        <button type="button" class="own-width" onClick={() => void app.askLink('begin-pairing', null)}>
          {say(pairing ? 'devices.pairAgain' : 'devices.pair')}
        </button>
        {pairing && (
          <button type="button" class="own-width" onClick={() => void app.askLink('end-pairing', null)}>
            {say('devices.stop')}
          </button>
        )}
      </div>
    </>
  )
}

function Digits({ pairing, fingerprint }: { pairing: Pairing; fingerprint: string }) {
  const { say } = useLanguage()
  const nowMs = useNow(1_000)
  const place = pairing.address.split('/#')[0] ?? ''
  const shown = useInSight<HTMLDivElement>()
  return (
    <div class="pairing" ref={shown}>
      <p>{say('devices.scan', { place })}</p>
      <QrCode text={pairing.address} label={say('devices.code', { place })} />
      <p class="digits">
        <span class="unseen">{say('devices.digits')} </span>
        <output>{pairing.digits}</output>
      </p>
      <p class="quiet">
        {say('devices.left', { count: Math.max(0, Math.ceil((pairing.untilMs - nowMs) / 1_000)) })}
        {pairing.wrong > 0 && ` · ${say('devices.wrong', { count: pairing.wrong })}`}
      </p>
      <p class="quiet">{say('devices.warning')}</p>
      <Fingerprint text={fingerprint} />
    </div>
  )
}

/** A line ends between two pairs, never within one: it is compared with another one by eye. */
function Fingerprint({ text }: { text: string }) {
  return (
    <code class="fingerprint">
      {text.split(':').map((pair, at) => (at === 0 ? pair : [':', <wbr key={at} />, pair]))}
    </code>
  )
}

/** The settings are long: what came below the edge is scrolled to once the panel has opened. */
function useInSight<Shown extends HTMLElement>(): RefObject<Shown | null> {
  const shown = useRef<Shown | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => shown.current?.scrollIntoView({ block: 'nearest' }))
    return () => clearTimeout(timer)
  }, [])
  return shown
}

/** Dark on light whatever the theme is, as every camera reads it; the border is part of it. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 4, ecc: 'M' })
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

function Asking({ asking }: { asking: AskingDevice }) {
  const app = useApp()
  const { say } = useLanguage()
  const [rights, setRights] = useState<readonly Right[]>(usualRights)
  const { id, name, from } = asking
  useEffect(() => app.announce(say('devices.asks', { name, place: from })), [id])
  const shown = useInSight<HTMLElement>()
  return (
    <section class="asking-device" ref={shown} aria-label={say('devices.asks', { name, place: from })}>
      <h4>
        <bdi>{say('devices.asks', { name, place: from })}</bdi>
      </h4>
      <p>{say('devices.isYours')}</p>
      <RightsChoice label={say('devices.may')} rights={rights} onChosen={setRights} isExplained />
      <div class="device-acts">
        <button
          type="button"
          class="primary own-width"
          onClick={() => void app.askLink('agree-device', { asking: id, rights: [...rights] })}
        >
          {say('devices.agree')}
        </button>
        <button type="button" class="own-width" onClick={() => void app.askLink('refuse-device', { asking: id })}>
          {say('devices.refuse')}
        </button>
      </div>
    </section>
  )
}
