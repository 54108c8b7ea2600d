import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { bordersPlugin } from './tools/lint/borders.js';
import { daysPlugin } from './tools/lint/days.js';

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
    plugins: { overblik: { rules: { ...bordersPlugin.rules, ...daysPlugin.rules } } },
    rules: {
      'overblik/borders': 'error',
      // A day is Denmark's, never cut out of a time in UTC or in the machine's own zone.
      'overblik/days': 'error',
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
      'no-restricted-syntax': ['error', ...ONE_READER],
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
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // The calendar itself, and the words that a day is printed in.
    files: ['subgraphs/shared/days/*.ts', 'web/text/text.ts'],
    rules: { 'overblik/days': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
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
