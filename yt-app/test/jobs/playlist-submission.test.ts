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

test.each(['downloader-unavailable', 'source-unreachable', 'source-private'] as const)(
  'a link that cannot be read because of %s, with `ask`: becomes an ordinary job; with `all`, it is refused',
  async (code) => {
    const submitted: string[] = [];
    const submit = (choice: 'ask' | 'all') =>
      submitPlaylist(
        { request: { url: 'https://example.com/list', type: 'video' }, choice, options: { caller: 'somebody' } },
        {
          admission: { require: () => Promise.resolve() },
          probe: () => Promise.reject(new Problem(code)),
          submitOne: ({ url }) => {
            submitted.push(url);
            return Promise.reject(new Error('enough'));
          },
          submitAll: () => Promise.reject(new Error('not to be called')),
          isAllowed: () => true,
          defaultVisibility: 'everyone',
        },
      );
    await expect(submit('ask')).rejects.toThrow('enough');
    await expect(submit('all')).rejects.toMatchObject({ code });
    expect(submitted).toEqual(['https://example.com/list']);
  },
);
