// The walls between the layers, held by `npm run check:walls`; test/scripts/walls.test.ts plants a breach of each.

/** One heavy package is imported in one place, so that it can be replaced and its faults met there. Types pass. */
const door = (name, pathNot) => ({
  name: `door-${name}`,
  comment: `${name} is imported behind one door only: ${pathNot.join(', ')}`,
  severity: 'error',
  from: { path: '^src', pathNot },
  to: { path: `(^|node_modules/)${name}(/|$)`, dependencyTypesNot: ['type-only'] },
})

const wall = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    wall('no-cycles', 'a cycle has no order in which to read it', {}, { circular: true }),
    wall(
      'no-orphans',
      'a file that nothing imports and that imports nothing is dead',
      { orphan: true, path: '^src', pathNot: ['\\.d\\.ts$', 'tsconfig\\.json$'] },
      {},
    ),
    wall('no-unresolved', 'an import must lead somewhere', {}, { couldNotResolve: true }),
    wall(
      'core-is-pure',
      'core knows core, zod and the library that words messages; of openai it knows the types of the wire',
      { path: '^src/core' },
      { pathNot: ['^src/core', 'node_modules/zod/', 'node_modules/intl-messageformat/', 'node_modules/openai/'] },
    ),
    wall(
      'types-of-openai-only',
      'its code asks for a newer Node than Parley runs on',
      { path: '^src' },
      { path: 'node_modules/(openai|@openai)/', dependencyTypesNot: ['type-only'] },
    ),
    wall(
      'main-apart',
      'main meets engine, window and bridge over a wire',
      { path: '^src/main' },
      { path: '^src/(engine|renderer|preload)' },
    ),
    wall(
      'engine-apart',
      'the engine is a server of its own',
      { path: '^src/engine' },
      { path: '^src/(main|renderer|preload)' },
    ),
    wall(
      'listener-apart',
      'main and the engine are dialled through it; it knows neither',
      { path: '^src/listener' },
      { path: '^src/(main|engine|renderer|preload)' },
    ),
    wall(
      'speech-apart',
      'main and the engine hear through it; it knows neither, nor anything of a line',
      { path: '^src/speech' },
      { path: '^src/(main|engine|listener|renderer|preload)' },
    ),
    wall(
      'listening-in-one-place',
      'a server of its own would be a door without its limits; store/lock.ts holds a name and hangs up on everybody, orders/ is a file of the person’s own, net/ dials out',
      {
        path: '^src',
        pathNot: [
          '^src/listener/',
          '^src/main/agent/',
          '^src/main/net/(dial|proxy|trust)\\.ts$',
          '^src/main/store/lock\\.ts$',
          '^src/main/orders/order-socket\\.ts$',
        ],
      },
      { path: '^(node:)?(http|https|net|http2|tls)$', dependencyTypesNot: ['type-only'] },
    ),
    wall(
      'renderer-apart',
      'the window is sandboxed',
      { path: '^src/renderer' },
      { path: '^src/(main|engine|preload|listener|speech)' },
    ),
    wall('renderer-without-node', 'the window is sandboxed', { path: '^src/renderer' }, { dependencyTypes: ['core'] }),
    wall(
      'preload-is-a-bridge',
      'the bridge carries, it does not decide',
      { path: '^src/preload' },
      { path: '^src/(main|engine|renderer|listener|speech)' },
    ),
    wall(
      'features-stay-apart',
      'sound, record and sockets meet in compose.ts and in the session, not in one another',
      { path: '^src/main/(audio|store|net)/' },
      { path: '^src/main/(audio|store|net|voice|agent)/', pathNot: '^src/main/$1/' },
    ),
    door('electron', ['^src/main/shell/electron/', '^src/main/index\\.ts$', '^src/preload/']),
    // net/socket.ts dials out, listener/ is dialled: another side of the protocol with other dangers.
    door('ws', ['^src/main/net/socket\\.ts$', '^src/listener/listener\\.ts$']),
    door('undici', ['^src/main/net/way-out\\.ts$']),
    door('onnxruntime-node', ['^src/speech/']),
    door('cmu-pronouncing-dictionary', ['^src/speech/sounds\\.ts$']),
    door('naudiodon', ['^src/main/audio/device\\.ts$']),
    door('@livekit', ['^src/main/audio/canceller\\.ts$']),
    door('uiohook-napi', ['^src/main/shell/talk-key-host\\.ts$']),
    door('@jellybrick/dbus-next', ['^src/main/shell/(portal|tray-there)\\.ts$']),
    door('@modelcontextprotocol', ['^src/main/agent/mcp/']),
    door('intl-messageformat', ['^src/core/language/']),
    door('@peculiar/x509', ['^src/main/link/identity\\.ts$']),
    door('bonjour-service', ['^src/main/link/announce\\.ts$']),
    door('lowdb', ['^src/main/store/snapshot\\.ts$']),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
    },
  },
}
