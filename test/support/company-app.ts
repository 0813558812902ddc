// What an app is started with so that its service is `wss://voice.example/v1`, which only a proxy of CONNECT leads to and whose
// certificate only the company's file vouches for.
import { onTestFinished } from 'vitest'
import { openConnectProxy, type ConnectProxy } from './connect-proxy.ts'
import type { OpenAppOpts } from './opened-app.ts'
import { openTlsFront } from './tls-front.ts'

export interface CompanyApp {
  start: OpenAppOpts
  /** Once the app is started. */
  proxy(): ConnectProxy
}

export interface CompanyOpts {
  key: string
  /** What the proxy wants, null for nothing. */
  user: { name: string; password: string } | null
  /** Of a Responses service; absent: there is none. */
  agentPort?: number
  /** The environment names the proxy. */
  isInEnvironment: boolean
}

/** Call it inside a test; all of it is closed when the test has ended. */
export function companyApp({ key, user, agentPort, isInEnvironment }: CompanyOpts): CompanyApp {
  const env: NodeJS.ProcessEnv = {}
  let proxy: ConnectProxy | null = null
  return {
    start: {
      env,
      key,
      settings: { endpoint: { kind: 'compatible', baseUrl: 'wss://voice.example/v1', model: 'scripted' } },
      async before(host) {
        const front = await openTlsFront('voice.example', {
          ...(agentPort === undefined ? {} : { '/v1/responses': agentPort }),
          '/v1/realtime': Number(host.split(':')[1]),
        })
        const opened = await openConnectProxy({
          leads: { 'voice.example:443': front.port },
          ...(user === null ? {} : { user: `${user.name}:${user.password}` }),
        })
        proxy = opened
        onTestFinished(async () => {
          await opened.close()
          await front.close()
        })
        const given = user === null ? '' : `${user.name}:${encodeURIComponent(user.password)}@`
        if (isInEnvironment) env['HTTPS_PROXY'] = `http://${given}${opened.host}`
        env['NODE_EXTRA_CA_CERTS'] = front.authority
      },
    },
    proxy() {
      if (proxy === null) throw new Error('the app has not started')
      return proxy
    },
  }
}
