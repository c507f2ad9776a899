import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createSilence } from '../../src/tracks/silence.ts';
import { run } from '../fixtures/broadcaster-fixture.ts';

test('five seconds of silence: are an MP3 in the stream format that decodes to silence', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'silence-'));
  const file = path.join(directory, 'silence.mp3');
  await writeFile(file, createSilence(5));
  const entries = 'stream=codec_name,sample_rate,channels:format=duration';
  const probe = await run('ffprobe', ['-v', 'error', '-show_entries', entries, '-of', 'csv=p=0', file]);
  expect(probe.stdout).toMatch(/^mp3,44100,2\n5\.\d+\n$/);
  const decoded = await run('ffmpeg', [
    '-hide_banner',
    '-xerror',
    '-i',
    file,
    '-af',
    'volumedetect',
    '-f',
    'null',
    '-',
  ]);
  expect(decoded.stderr).toContain('max_volume: -91.0 dB');
  await rm(directory, { recursive: true });
});
