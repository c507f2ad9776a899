import { Problem } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { submitPlaylist } from '../../src/jobs/submission/playlist-submission.ts';

test('without a worker that could download: is refused at once, and the list is not read', async () => {
  const never = (): Promise<never> => Promise.reject(new Error('not to be called'));
  const submission = submitPlaylist(
    {
      request: { url: 'https://example.com/list', type: 'video' },
      choice: 'all',
      options: { caller: 'somebody' },
    },
    {
      admission: { require: () => Promise.reject(new Problem('downloader-unavailable')) },
      probe: never,
      submitOne: never,
      submitAll: never,
      isAllowed: () => true,
      defaultVisibility: 'everyone',
    },
  );
  await expect(submission).rejects.toMatchObject({ code: 'downloader-unavailable' });
});
