import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const pureCore = [
  { object: 'Date', property: 'now', message: 'core takes the time as an argument' },
  { object: 'Math', property: 'random', message: 'core takes chance as an argument' },
  { object: 'performance', property: 'now', message: 'core takes the time as an argument' },
]

/** `createRequire(…)('naudiodon')` is invisible to dependency-cruiser, which guards the doors otherwise. */
const hiddenDoor = {
  selector:
    "CallExpression[callee.callee.name='createRequire'] > Literal[value=/^(electron|ws|naudiodon|lowdb|uiohook-napi|@jellybrick)(\\u002F|$)/]",
  message: 'this package is imported behind one door only (.dependency-cruiser.cjs)',
}

const always = {
  eqeqeq: 'error',
  'max-lines': ['error', { max: 300 }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
}

export default defineConfig(
  globalIgnores(['out/', 'dist/', '.cache/', 'scripts/stubs/', 'resources/']),
  {
    // Every TypeScript file belongs to a project that tsconfig.json refers to.
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...always,
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Parts are closures: nothing here has a `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/main/audio/device.ts'],
    rules: { 'no-restricted-syntax': ['error', hiddenDoor] },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: { 'no-restricted-properties': ['error', ...pureCore] },
  },
  {
    // A test states what must hold; the shapes it reads off the wire are asserted, not proven.
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      'no-console': 'off',
    },
  },
  {
    // Scripts run before anything is installed and so are plain JavaScript; `tsc -b` checks their types.
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    extends: [tseslint.configs.strict],
    rules: { ...always, 'no-var': 'error', 'prefer-const': 'error', 'no-throw-literal': 'error' },
  },
  {
    // CommonJS has nothing else.
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
)
