/** The walls of docs/architecture.md, held by `npm run check`. */
const door = (name, pathNot) => ({
  name: `door-${name}`,
  comment: `${name} is imported behind one door only`,
  severity: 'error',
  from: { path: '^src', pathNot },
  to: { path: `(^|node_modules/)${name}(2)?(/|$)`, dependencyTypesNot: ['type-only'] },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src', pathNot: ['\\.d\\.ts$', 'tsconfig\\.json$'] },
      to: {},
    },
    {
      name: 'core-is-pure',
      comment: 'core imports core and zod; the wire types of openai come as types only',
      severity: 'error',
      from: { path: '^src/core' },
      to: { pathNot: ['^src/core', 'node_modules/zod'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'main-without-engine', severity: 'error', from: { path: '^src/main' }, to: { path: '^src/(engine|renderer)' } },
    { name: 'engine-without-main', severity: 'error', from: { path: '^src/engine' }, to: { path: '^src/(main|renderer|preload)' } },
    { name: 'renderer-imports-core', severity: 'error', from: { path: '^src/renderer' }, to: { path: '^src/(main|engine)' } },
    {
      name: 'types-of-openai-only',
      severity: 'error',
      from: { path: '^src' },
      to: { path: 'node_modules/(openai|@openai)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-stay-apart',
      comment: 'audio, store, net and voice meet in compose.ts and the session, not in one another',
      severity: 'error',
      from: { path: '^src/main/(audio|store|net)/' },
      to: { path: '^src/main/(audio|store|net|voice|agent)/', pathNot: '^src/main/$1/' },
    },
    door('electron', ['^src/main/shell/electron/', '^src/main/index\\.ts$', '^src/preload/']),
    door('ws', ['^src/main/net/socket\\.ts$', '^src/engine/server\\.ts$']),
    door('naudiodon', ['^src/main/audio/device\\.ts$']),
    door('lowdb', ['^src/main/store/snapshot\\.ts$']),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'types', 'default'] },
  },
}
