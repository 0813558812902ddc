// What each of Parley's own tools does, for the person who decides about it; what a model is told of it stands beside. Pure.

const about: Record<string, string> = {
  list_files: 'Sees which files are in a folder that you granted, and how large they are.',
  read_file: 'Reads a text file in a folder that you granted.',
  search_files: 'Finds files by their name or by words in them, in folders that you granted.',
  write_file:
    'Writes a text file in a folder that you granted. You are asked each time, and what was there before is kept.',
  undo_write: 'Puts back what a file held before Parley wrote it. You are asked each time.',
  read_notes: 'Reads your notes and what you asked Parley to remember.',
  add_note: 'Adds a line to your notes. You are asked each time.',
  remove_note: 'Takes a line out of your notes. You are asked each time.',
  set_timer: 'Tells you something after a while, also after a restart.',
  set_reminder: 'Tells you something at a time that you name.',
  list_timers: 'Looks at the timers and reminders that are set.',
  cancel_timer: 'Takes a timer or a reminder away.',
  read_page: 'Reads a page of the web, as text. Nothing on it is clicked or filled in.',
  calculate: 'Works out sums and converts units, on this computer.',
  read_clipboard: 'Looks at the text that you copied last. You are asked each time.',
  write_clipboard: 'Puts a text where you can paste it. You are asked each time.',
  open_link: 'Opens a page in your browser. You are asked each time.',
  open_app: 'Starts a program that is installed here. You are asked each time.',
  run_command: 'Runs a program in a folder that you granted. It can do whatever you can do; you are asked each time.',
}

/** @returns null for a tool that somebody else describes */
export function toolAbout(name: string): string | null {
  return Object.hasOwn(about, name) ? (about[name] ?? null) : null
}
