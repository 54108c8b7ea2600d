import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { bordersPlugin } from './tools/lint/borders.js';

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

/** A day is Denmark's, never cut out of a time in UTC or in the machine's own zone. */
const DAYS =
  "Days come from subgraphs/shared/days alone: danishDay for a moment's day, calendar for what comes before or after it.";
const ONE_CALENDAR = [
  {
    selector:
      "CallExpression[callee.property.name=/^(slice|substring|substr|split)$/][callee.object.callee.property.name='toISOString']",
    message: DAYS,
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(get|set)(UTC)?(FullYear|Month|Date|Day|Hours)$|^getTimezoneOffset$|^toLocale(Date|Time)?String$/]',
    message: DAYS,
  },
  {
    selector: "NewExpression[callee.object.name='Intl'][callee.property.name='DateTimeFormat']",
    message: DAYS,
  },
];

/** Rules that hold everywhere; the borders between folders are a rule of our own. */
export default tseslint.config(
  {
    ignores: [
      'dist/**',
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
    plugins: { overblik: bordersPlugin },
    rules: {
      'overblik/borders': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // Indexes are checked by noUncheckedIndexedAccess; an assertion says that the line before proved it.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      'no-restricted-syntax': ['error', ...ONE_READER, ...ONE_CALENDAR],
      'max-lines': ['error', { max: 300, skipBlankLines: true }],
      'max-depth': ['error', 4],
      complexity: ['error', 20],
    },
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
    // Stories and texts are data: one list, read from top to bottom. createIndex's new overload is not in older drivers.
    files: ['seed/stories/stories.ts', 'web/text/da.ts', 'web/text/en.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['subgraphs/shared/scalars/uuid.ts'],
    rules: { 'no-restricted-syntax': ['error', ...ONE_CALENDAR] },
  },
  {
    // The calendar itself, and the words that a day is printed in.
    files: ['subgraphs/shared/days/*.ts', 'web/text/text.ts'],
    rules: { 'no-restricted-syntax': ['error', ...ONE_READER] },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': 'off',
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
