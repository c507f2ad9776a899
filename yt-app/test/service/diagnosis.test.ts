import { startYtApp, until } from '@linkcast/testing';
import { expect, test } from 'vitest';

test('a real worker: reports its sandbox, its JavaScript runtime, and its ffmpeg', async () => {
  const ytApp = await startYtApp({});
  try {
    const findings = await until(async () => {
      const { findings: found } = await ytApp.api.diagnose();
      return found.some(({ name, state }) => name === 'ffmpeg' && state !== 'note') ? found : undefined;
    }, 20);
    const sentenceOf = (name: string) => findings.find((finding) => finding.name === name)?.sentence;
    expect(sentenceOf('JavaScript runtime')).toMatch(/^deno \d+\.\d+/);
    expect(sentenceOf('ffmpeg')).toMatch(/^\d+(\.\d+)+, with all encoders$/);
    expect(sentenceOf('sandbox')).toMatch(/ in a (Landlock|bubblewrap) sandbox$/);
    expect(sentenceOf('disk speed')).toMatch(/ a second$/);
  } finally {
    await ytApp.close();
  }
});
