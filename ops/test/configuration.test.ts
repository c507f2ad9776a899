import { byteSize, describeSettings, durationSeconds, percentage } from '@linkcast/kit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { configurationPage, envExample } from '../src/configuration/pages.ts';
import { collectSettings } from '../src/configuration/setting.ts';

const settings = collectSettings({
  a: describeSettings(
    z.object({
      SIZE: byteSize().default(8e9).describe('How large.'),
      TIME: durationSeconds().default(5400).describe('How long.'),
      FULL: percentage().default(0.9).describe('How full.'),
      PORT: z.coerce.number().default(1).describe('Where.'),
      KEY: z.string().optional().describe('A secret.'),
      LIST: z.string().prefault('').describe('None, unless set.'),
    }),
  ),
  b: describeSettings(z.object({ PORT: z.coerce.number().default(2).describe('Where else.') })),
});
const page = { settings, open: new Set(['SIZE', 'TIME', 'FULL', 'LIST']), secrets: new Set(['KEY']) };

describe('the configuration page', () => {
  test('defaults: are shown in the units of .env', () => {
    const text = configurationPage(page);
    expect(text).toContain('| `SIZE` | `8G` | How large. | a |');
    expect(text).toContain('| `TIME` | `90m` | How long. | a |');
    expect(text).toContain('| `FULL` | `90%` | How full. | a |');
    expect(text).toContain('| `LIST` | – | None, unless set. | a |');
  });

  test('different defaults of two parts: are shown with the part of each', () => {
    expect(configurationPage(page)).toContain('| `PORT` | `1` (a), `2` (b) | Where. | a, b |');
  });

  test('a setting without a description: is refused', () => {
    expect(() => describeSettings(z.object({ NAME: z.string() }))).toThrow('NAME has no description');
  });
});

describe('.env.example', () => {
  test('settings for the owner and secrets: are included, commented out', () => {
    const text = envExample(page);
    expect(text).toContain('# How large.\n#SIZE=8G\n');
    expect(text).toContain('#KEY=\n');
    expect(text).not.toContain('PORT');
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });
});
