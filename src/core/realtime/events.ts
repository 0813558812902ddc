// The Realtime wire types (GA), taken as types only from the openai package, which generates them from the
// service's own description. Nothing of that package runs in Parley.
import type * as wire from 'openai/resources/realtime/realtime'

export type ServerEvent = wire.RealtimeServerEvent
export type ClientEvent = wire.RealtimeClientEvent
export type WireItem = wire.ConversationItem
export type WireTurnDetection = wire.RealtimeAudioInputTurnDetection
export type FunctionTool = wire.RealtimeFunctionTool
export type ClientEventOf<T extends ClientEvent['type']> = Extract<ClientEvent, { type: T }>
