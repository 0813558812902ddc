// The window's icons, drawn for it: 24 × 24, lines of the text's colour. They say nothing themselves; what they stand in
// has a name.
const paths = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5',
  close: 'M6 6l12 12M18 6L6 18',
  microphone: 'M12 4a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V7a3 3 0 0 0-3-3zM6 11.5a6 6 0 0 0 12 0M12 17.5V21M8.5 21h7',
  muted:
    'M9 9v3a3 3 0 0 0 4.6 2.5M15 11V7a3 3 0 0 0-5.6-1.5M6 11.5a6 6 0 0 0 9.4 4.9M18 11.5c0 1-.2 1.9-.6 2.7M12 17.5V21M8.5 21h7M4 4l16 16',
  stop: 'M7 7h10v10H7z',
  send: 'M5 12h13M12.5 6l6 6-6 6',
  plus: 'M12 5v14M5 12h14',
  search: 'M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15.5 15.5L20 20',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  pencil: 'M5 19l1-4L16 5l3 3L9 18l-4 1zM14 7l3 3',
  trash: 'M5 7h14M9 7V5h6v2M7 7l1 12h8l1-12M10.5 11v4.5M13.5 11v4.5',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14',
  speaker: 'M4 10v4h3.5L12 18V6l-4.5 4H4zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM12 8.5V12l2.5 2',
  question:
    'M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM9.8 10a2.2 2.2 0 1 1 3.3 1.9c-.7.4-1.1.8-1.1 1.6M12 16.2v.1',
  undo: 'M8.5 6L5 9.5 8.5 13M5.5 9.5H14a4.5 4.5 0 0 1 0 9h-4',
  folder: 'M4 7h5.5l2 2.5H20V18H4z',
  warning: 'M12 4.5L3.5 19h17L12 4.5zM12 10v4.5M12 16.8v.2',
  home: 'M4 11.5L12 5l8 6.5M6.5 10v9h11v-9',
  cloud: 'M7 18a4 4 0 0 1-.5-8A5.5 5.5 0 0 1 17 9.5 4.3 4.3 0 0 1 17 18H7z',
  down: 'M12 5v13M6.5 12.5L12 18l5.5-5.5',
  copy: 'M9 9h10v11H9zM15 9V5H5v11h4',
  again: 'M19 12a7 7 0 1 1-2.2-5.1M19 4.5V8h-3.5',
  picture: 'M4 5.5h16v13H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9.2h.01',
  screen: 'M4 5h16v11H4zM9 20h6M12 16v4',
  server: 'M5 5h14v6H5zM5 13h14v6H5zM8 8h.01M8 16h.01',
} as const

export type IconName = keyof typeof paths

/** They point along the text. */
const along: readonly IconName[] = ['send', 'undo', 'speaker']

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={along.includes(name) ? 'icon along' : 'icon'} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
