import { render } from 'preact';
import { createApiClient, paths, SHARE_TOKEN } from '@linkcast/contracts';
import { NoticeList } from './components/notice-list.tsx';
import { createSharedApi } from './data/shared-api.ts';
import { createStores, StoresProvider } from './data/stores.ts';
import { EndedShare, GuestPage } from './pages/guest-page.tsx';
import { RadioProvider } from './player/radio-context.ts';
import { createRadioPlayer } from './player/radio-player.ts';
import { createResumePositions } from './player/resume-positions.ts';

/** Puts what a share is of onto the page, for somebody without an account: one item, or the radio. */
export function openSharedPage(root: HTMLElement, token: string): void {
  if (!SHARE_TOKEN.test(token)) {
    render(<EndedShare />, root);
    return;
  }
  const api = createApiClient({
    shareToken: token,
    onProblem: ({ code }) => {
      if (code === 'unauthorized') void stores.caller.load(); // the share has ended meanwhile
    },
  });
  const stores = createStores(
    createSharedApi(api, token),
    createResumePositions(() => localStorage),
  );
  const radio = createRadioPlayer(new Audio(), paths.sharedStream(token));
  void stores.caller.load();
  render(
    <StoresProvider value={stores}>
      <RadioProvider value={radio}>
        <GuestPage streamPath={paths.sharedStream(token)} onRetry={() => void stores.caller.load()} />
        <NoticeList />
      </RadioProvider>
    </StoresProvider>,
    root,
  );
}
