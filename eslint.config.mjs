import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

const waiting = {
  name: 'setTimeout',
  message: 'src/time.ts has what waits: timers that can be called off, pauses, bounded waits.',
};

/**
 * Few rules, all of them errors. Formatting is no rule's business; the length of files and functions is, because a room
 * stays readable by it.
 */
export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'docs/api/', 'coverage/'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false, properties: false } },
      ],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      // Sentences for people are not cut in pieces.
      'max-len': [
        'error',
        {
          code: 120,
          ignoreStrings: true,
          ignoreTemplateLiterals: true,
          ignoreRegExpLiterals: true,
          ignoreUrls: true,
          ignorePattern: 'eslint-disable',
        },
      ],
    },
  },
  // A function that does one thing fits on a screen or two; what makes closures counts with all that is inside it.
  {
    files: ['src/**', 'sandbox/**'],
    rules: { 'max-lines-per-function': ['error', { max: 100, skipBlankLines: true, skipComments: true }] },
  },
  // Texts from outside meet these expressions: none may take more than linear time over them.
  {
    files: ['src/**/*.ts'],
    plugins: { regexp },
    rules: { 'regexp/no-super-linear-backtracking': 'error', 'regexp/no-super-linear-move': 'error' },
  },
  { files: ['src/**'], ignores: ['src/time.ts'], rules: { 'no-restricted-globals': ['error', waiting] } },
  {
    files: ['src/salesforce/**'],
    rules: { 'no-restricted-globals': ['error', waiting, 'fetch', 'fin', 'window', 'document'] },
  },
  {
    files: ['src/worker/**'],
    rules: { 'no-restricted-globals': ['error', waiting, 'window', 'document', 'fin', 'localStorage', 'indexedDB'] },
  },
  // The one place that stores anything, sealed and only on demand.
  { files: ['src/worker/rememberedSessions.ts'], rules: { 'no-restricted-globals': ['error', waiting] } },
  // The audit trail of the provider and what a person reads in a terminal go to the console.
  {
    files: [
      'src/provider/pageParts.ts',
      'src/provider/hosts/node/main.ts',
      'src/client/logging.ts',
      'sandbox/**',
      'scripts/**',
      'packages/**',
      'bench/**',
      'test/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**', 'bench/**'],
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  // Tables and declarations are data; the last is one function, as it is carried into a page whole.
  {
    files: [
      'src/channel/protocol.ts',
      'src/client/restApi.ts',
      'src/outcomes/*utcomes.ts',
      'sandbox/org/database/schema/**',
      'sandbox/org/seed/words.ts',
      'test/worker/outcomes/sessionCases.ts',
      'sandbox/container/finPage.ts',
    ],
    rules: { 'max-lines': 'off' },
  },
);
