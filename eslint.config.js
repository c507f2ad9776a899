import tseslint from 'typescript-eslint';

const noProcessEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Settings are parsed once by loadConfig in main.ts and passed down as values.',
};
const noInnerHtml = {
  selector:
    "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/], JSXAttribute[name.name='dangerouslySetInnerHTML']",
  message: 'Titles are text, never HTML.',
};

export default tseslint.config(
  { ignores: ['**/node_modules/**', 'web/dist/**', 'data/**', 'coverage/**', '.tools/**', '**/*.{js,cjs}'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-syntax': ['error', noProcessEnv, noInnerHtml],
    },
  },
  {
    files: ['**/main.ts', '**/test/**', 'e2e/**', 'bench/**', 'ops/**', 'packages/testing/**', '**/*.config.ts'],
    rules: { 'no-restricted-syntax': ['error', noInnerHtml] },
  },
  {
    files: ['**/src/**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', { max: 150, skipComments: true, skipBlankLines: true }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      complexity: ['error', 12],
    },
  },
  {
    // Tables of data: a catalogue of texts per language, and the system calls of the sandbox.
    files: ['packages/texts/src/{en,es,ru}/**', 'packages/kit/src/sandbox/filter-rules.ts'],
    rules: { 'max-lines': 'off' },
  },
);
