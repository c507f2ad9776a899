import { languages, textsOf } from '@linkcast/texts';
import { runProgram } from '@linkcast/kit';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

async function print(language: string, name: string, fact = ''): Promise<string> {
  const { stdout } = await runProgram({
    file: 'sh',
    args: ['-c', '. ops/setting.sh; . ops/texts.sh; text "$1" "$2"', 'sh', name, fact],
    env: { PATH: '/usr/bin:/bin', LANGUAGE: language },
    cwd: root,
    wallSeconds: 10,
  });
  return stdout;
}

const FACT = `it's 100 % "\\n" $HOME`;

test.each(languages)(
  'the texts of the scripts in %s: are those of the catalogue, with facts unchanged',
  async (language) => {
    for (const [name, text] of Object.entries(textsOf(language).ops.scripts))
      expect(await print(language, name, FACT)).toBe(typeof text === 'string' ? text : text(FACT));
  },
);

test('the language list of a desktop system: the first language is used', async () => {
  expect(await print('es_MX:en', 'running', 'x')).toBe(textsOf('es').ops.scripts.running('x'));
});

test('an unsupported language: the text is in English', async () => {
  expect(await print('fr', 'running', 'http://localhost')).toBe('Linkcast is running: http://localhost');
});
