// What the system must offer before Parley can be installed or run, by purpose. Facts and pure choices only:
// looking is look.mjs, installing is ensure.mjs.

/**
 * @typedef {'test' | 'talk' | 'engine' | 'bench' | 'start'} Purpose
 * @typedef {{ what: string, sign: Sign, debian: string }} Need `debian` names the package that brings it.
 * @typedef {{ command: string } | { library: string } | { anyOf: string[] }} Sign How its presence shows: a command on
 *   the PATH, a shared library, or any one of several files.
 */

/** @type {readonly Purpose[]} */
export const purposes = ['test', 'talk', 'engine', 'bench', 'start']

/** The sound addon is compiled during `npm ci`; afterwards no compiler is needed. */
const build = [
  { what: 'a C++ compiler', sign: { command: 'g++' }, debian: 'g++' },
  { what: 'make', sign: { command: 'make' }, debian: 'make' },
  { what: 'Python 3', sign: { command: 'python3' }, debian: 'python3' },
]

// libasound2 itself was renamed in Debian 13; asking for its plugins brings it under either name.
const sound = [
  { what: 'ALSA', sign: { library: 'libasound.so.2' }, debian: 'libasound2-plugins' },
  {
    what: "ALSA's way to the sound server",
    sign: { anyOf: ['alsa-lib/libasound_module_pcm_pulse.so', 'alsa-lib/libasound_module_pcm_pipewire.so'] },
    debian: 'libasound2-plugins',
  },
]

const festivalVoices = 'share/festival/voices'

/** A sound card without hardware, and voices that the engine itself does not own. */
const soundLab = [
  { what: 'PulseAudio', sign: { command: 'pulseaudio' }, debian: 'pulseaudio' },
  // The virtual card is a PulseAudio one, also where PipeWire serves the desktop.
  {
    what: "ALSA's way to PulseAudio",
    sign: { anyOf: ['alsa-lib/libasound_module_pcm_pulse.so'] },
    debian: 'libasound2-plugins',
  },
  { what: "PulseAudio's tools", sign: { command: 'pactl' }, debian: 'pulseaudio-utils' },
  { what: 'SoX', sign: { command: 'sox' }, debian: 'sox' },
  { what: 'eSpeak NG', sign: { command: 'espeak-ng' }, debian: 'espeak-ng' },
  { what: 'Festival', sign: { command: 'text2wave' }, debian: 'festival' },
  {
    what: "Festival's voice slt",
    sign: { anyOf: [`${festivalVoices}/us/cmu_us_slt_arctic_hts`] },
    debian: 'festvox-us-slt-hts',
  },
  {
    what: "Festival's voice kal",
    sign: { anyOf: [`${festivalVoices}/english/kal_diphone`] },
    debian: 'festvox-kallpc16k',
  },
]

/** What Electron and the listener to the talk key are linked against. */
const electronLibraries = [
  { what: 'GTK 3', sign: { library: 'libgtk-3.so.0' }, debian: 'libgtk-3-0' },
  { what: 'NSS', sign: { library: 'libnss3.so' }, debian: 'libnss3' },
  { what: 'GBM', sign: { library: 'libgbm.so.1' }, debian: 'libgbm1' },
  { what: "X11's test library", sign: { library: 'libXtst.so.6' }, debian: 'libxtst6' },
  { what: "X11's toolkit", sign: { library: 'libXt.so.6' }, debian: 'libxt6' },
]

const pythonPackages = 'lib/python3/dist-packages'

/** A desktop without a screen, and a browser. */
const desktopLab = [
  { what: 'Chromium', sign: { command: 'chromium' }, debian: 'chromium' },
  {
    what: 'a font',
    sign: { anyOf: ['share/fonts/truetype/dejavu/DejaVuSans.ttf'] },
    debian: 'fonts-dejavu-core',
  },
  { what: 'Xvfb', sign: { command: 'Xvfb' }, debian: 'xvfb' },
  { what: 'Openbox', sign: { command: 'openbox' }, debian: 'openbox' },
  { what: 'xdotool', sign: { command: 'xdotool' }, debian: 'xdotool' },
  { what: 'D-Bus', sign: { command: 'dbus-daemon' }, debian: 'dbus-daemon' },
  { what: "Python's D-Bus", sign: { anyOf: [`${pythonPackages}/dbus/__init__.py`] }, debian: 'python3-dbus' },
  { what: "Python's GLib", sign: { anyOf: [`${pythonPackages}/gi/__init__.py`] }, debian: 'python3-gi' },
]

/** @type {Record<Purpose, readonly Need[]>} */
const linuxNeeds = {
  test: [...sound, ...soundLab, ...electronLibraries, ...desktopLab],
  talk: sound,
  engine: [],
  bench: [...sound, ...soundLab],
  start: sound,
}

/**
 * Everything the system must offer for one purpose. Elsewhere than on Linux only the compiler is looked for: macOS and
 * Windows bring their sound systems, and the sound lab exists on Linux alone.
 * @param {{ purpose: Purpose, platform: string, installing: boolean, display: boolean }} situation `installing`: `npm ci`
 *   is about to run; `display`: a window can be opened, otherwise Parley starts for a browser and needs no Electron
 * @returns {readonly Need[]}
 */
export function systemNeeds({ purpose, platform, installing, display }) {
  if (platform === 'linux')
    return [
      ...(installing ? build : []),
      ...linuxNeeds[purpose],
      ...(purpose === 'start' && display ? electronLibraries : []),
    ]
  if (platform === 'darwin' && installing)
    return [
      { what: 'a C++ compiler', sign: { command: 'c++' }, debian: 'g++' },
      { what: 'make', sign: { command: 'make' }, debian: 'make' },
    ]
  return []
}

/**
 * The packages that bring what is missing, by their Debian names, each once and in the order they were asked for.
 * @param {readonly Need[]} missing
 */
export const packagesFor = (missing) => [...new Set(missing.map((need) => need.debian))]
