import reactHooks from 'eslint-plugin-react-hooks';
import importSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';
import { bordersPlugin } from './tools/lint/borders.js';
import { castsPlugin } from './tools/lint/casts.js';
import { daysPlugin } from './tools/lint/days.js';
import { ownNamesPlugin } from './tools/lint/own-names.js';

/** What comes from outside is read in one way, by one piece of code. */
const ONE_READER = [
  {
    selector: "CallExpression[callee.object.name='z'][callee.property.name=/^(uuid|guid)$/]",
    message: 'Read a UUID by uuidShape of subgraphs/shared/scalars/uuid.ts: any form, lower case inside.',
  },
  {
    selector: String.raw`Literal[regex.pattern=/\[0-9a-fA?-?F?\]\{8\}-/]`,
    message: 'Read a UUID by readUuid of subgraphs/shared/scalars/uuid.ts: any form, lower case inside.',
  },
];

const SERVER = ['gateway/**/*.ts', 'intake/**/*.ts', 'subgraphs/**/*.ts', 'store/**/*.ts', 'seed/**/*.ts'];

/** Rules that hold everywhere; the borders between folders are a rule of our own. */
export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'package/**',
      'dist-bench/**',
      'node_modules/**',
      'schema/generated/**',
      'web/generated/**',
      'data/**',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: {
      overblik: {
        rules: { ...bordersPlugin.rules, ...castsPlugin.rules, ...daysPlugin.rules, ...ownNamesPlugin.rules },
      },
    },
    rules: {
      'overblik/borders': 'error',
      // A day is Denmark's, never cut out of a time in UTC or in the machine's own zone.
      'overblik/days': 'error',
      // What every object inherits is nobody's code, role or setting.
      'overblik/own-names': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // Indexes are checked by noUncheckedIndexedAccess; where nothing can be missing, `present` says what is.
      '@typescript-eslint/no-non-null-assertion': 'error',
      // A cast stands with its reason.
      'overblik/casts': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      'no-restricted-syntax': ['error', ...ONE_READER],
      'max-lines': ['error', { max: 300, skipBlankLines: true }],
      'max-depth': ['error', 4],
      complexity: ['error', 20],
    },
  },
  {
    // A file of the server fits on a few screens, and a function on one.
    files: [...SERVER, 'programs/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 40, skipComments: true }],
      'max-params': ['error', 5],
      complexity: ['error', 12],
    },
  },
  {
    // Node, packages, then our own from the farthest folder to this one; what runs by being imported stays first.
    files: [...SERVER, 'programs/**/*.ts'],
    plugins: { 'import-sort': importSort },
    rules: {
      'import-sort/imports': ['error', { groups: [['^\\u0000', '^node:', '^@?\\w', '^', '^\\.']] }],
    },
  },
  {
    // What a server says goes to its log, as a line with a level; a program speaks to whoever started it.
    files: SERVER,
    rules: { 'no-console': 'error' },
  },
  {
    files: ['web/**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      // What a page opens or hears of (windows, a signed-in session) is state that an effect brings in.
      'react-hooks/set-state-in-effect': 'off',
    },
  },
  {
    // A component is read with the marks it prints, so it may be longer than other functions.
    files: ['web/**/*.ts', 'web/**/*.tsx'],
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 40, skipComments: true }],
      'max-params': ['error', 5],
      complexity: ['error', 12],
      'no-console': 'error',
    },
  },
  {
    files: ['web/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 60, skipComments: true }] },
  },
  {
    // Stories are data: one list, read from top to bottom.
    files: ['seed/stories/stories.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['subgraphs/shared/scalars/uuid.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // The calendar itself, and the words that a day is printed in.
    files: ['subgraphs/shared/days/*.ts', 'web/text/text.ts'],
    rules: { 'overblik/days': 'off' },
  },
  {
    // The helpers themselves.
    files: ['subgraphs/shared/names/own-value.ts', 'store/embedded/own-field.ts'],
    rules: { 'overblik/own-names': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'overblik/own-names': 'off',
      'overblik/casts': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': 'off',
      'overblik/days': 'off',
      'max-lines': 'off',
      'max-depth': 'off',
      complexity: 'off',
      // Tests read answers of many shapes.
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-deprecated': 'off',
    },
  },
);
