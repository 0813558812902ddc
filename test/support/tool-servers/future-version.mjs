// Speaks a version of the protocol that nobody knows yet.
import { serve, tool } from './speak.mjs'
serve({ tools: [tool('good')], more: { protocolVersion: '2099-01-01' } })
