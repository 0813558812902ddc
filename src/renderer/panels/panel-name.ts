// The panels that can be opened over the conversation.
export type PanelName = 'history' | 'health' | 'holds' | 'settings' | 'tools'
