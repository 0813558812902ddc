// Every stand-in, in the order of the table.
import { azure, olderAzure } from './azure.ts'
import type { Dialect } from './dialect.ts'
import { localai } from './localai.ts'
import { openai } from './openai.ts'
import { otherProtocol, silentProtocol } from './others.ts'
import { speaches } from './speaches.ts'
import { speechToSpeech } from './speech-to-speech.ts'
import { vllmOmni } from './vllm-omni.ts'
import { xai } from './xai.ts'

export const dialects: readonly Dialect[] = [
  openai,
  azure,
  olderAzure,
  xai,
  localai,
  speechToSpeech,
  speaches,
  vllmOmni,
  silentProtocol,
  otherProtocol,
]
