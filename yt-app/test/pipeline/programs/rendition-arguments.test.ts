import { expect, test } from 'vitest';
import { renditionOutput } from '../../../src/pipeline/programs/ffmpeg/rendition-arguments.ts';

test.each([
  [2160, false],
  [4320, true],
])('an encoded picture with MAX_HEIGHT=%i: limits the number of threads: %s', (maxHeight, isLimited) => {
  const { options } = renditionOutput(
    { name: 'v', kind: 'video', handling: 'encoded' },
    { mediaDirectory: '/m', workDirectory: '/w', maxHeight },
  );
  expect(options.includes('-threads')).toBe(isLimited);
});
