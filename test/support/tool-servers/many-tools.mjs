// Has more tools than a model is offered.
import { serve, tool } from './speak.mjs'
serve({ tools: Array.from({ length: 100 }, (_, at) => tool(`t${at}`)) })
