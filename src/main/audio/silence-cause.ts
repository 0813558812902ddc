// Why a microphone gives nothing but zeros, as far as the system tells: forbidden, muted, or on after all; and whether its usual
// speaker is muted. Asks programs that the systems bring along; where there is none, nothing is known.
import { platform } from 'node:process'
import { askSystemTool } from '../system-tool.ts'

export type SilenceCause = 'denied' | 'muted' | 'on' | 'unknown'

/** Of the system's permission for this program; `unknown` where there is none to ask for. */
export type MicrophonePermission = () => 'granted' | 'denied' | 'unknown'

const withinMs = 2_000

interface Question {
  program: string
  args: string[]
  /** Null: that answer says nothing. */
  read: (answer: string) => boolean | null
}

type Questions = Partial<Record<NodeJS.Platform, Question[]>>

/** @param asked of PulseAudio @param pulse the device as PulseAudio names it @param pipeWire as PipeWire does */
const linuxQuestions = (asked: string, pulse: string, pipeWire: string): Question[] => [
  {
    program: 'pactl',
    args: [asked, pulse],
    read: (answer) => (/:\s*\S/u.test(answer) ? /:\s*yes/iu.test(answer) : null),
  },
  {
    program: 'wpctl',
    args: ['get-volume', pipeWire],
    read: (answer) => (/\d/u.test(answer) ? answer.includes('[MUTED]') : null),
  },
]

const ofMicrophone: Questions = {
  linux: linuxQuestions('get-source-mute', '@DEFAULT_SOURCE@', '@DEFAULT_AUDIO_SOURCE@'),
  darwin: [
    {
      program: 'osascript',
      args: ['-e', 'input volume of (get volume settings)'],
      read: (answer) => (/^\d+/u.test(answer) ? Number.parseInt(answer, 10) === 0 : null),
    },
  ],
}

const ofSpeaker: Questions = {
  linux: linuxQuestions('get-sink-mute', '@DEFAULT_SINK@', '@DEFAULT_AUDIO_SINK@'),
  darwin: [
    {
      program: 'osascript',
      args: ['-e', 'output muted of (get volume settings)'],
      read: (answer) => (/^(?:true|false)$/u.test(answer) ? answer === 'true' : null),
    },
  ],
}

/** Never rejects. */
export async function findSilenceCause(permission: MicrophonePermission): Promise<SilenceCause> {
  if (permission() === 'denied') return 'denied'
  const isMuted = await answerTo(ofMicrophone)
  if (isMuted === null) return 'unknown'
  return isMuted ? 'muted' : 'on'
}

/** Of the speaker that the system takes by itself; null where that is not known. Never rejects. */
export const isUsualSpeakerMuted = (): Promise<boolean | null> => answerTo(ofSpeaker)

async function answerTo(questions: Questions): Promise<boolean | null> {
  for (const { program, args, read } of questions[platform] ?? []) {
    const answer = read(await ask(program, args))
    if (answer !== null) return answer
  }
  return null
}

/** What it prints; empty when it is not there, fails or takes too long. */
const ask = (program: string, args: readonly string[]): Promise<string> =>
  askSystemTool(program, args, withinMs).then(
    (printed) => printed.trim(),
    () => '',
  )
