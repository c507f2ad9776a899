import { signal } from '@preact/signals';
import { render } from 'preact';
import { createApiClient, paths, SHARE_TOKEN } from '@linkcast/contracts';
import { ToastList } from './components/ui/toast-list.tsx';
import { createGuestApi } from './connection/guest-api.ts';
import { createStores, StoresProvider } from './stores/stores.ts';
import { EndedShare, GuestPage } from './pages/guest-page.tsx';
import { RadioProvider } from './radio/radio-context.ts';
import { createRadioPlayer } from './radio/radio-player.ts';
import { createResumePositions } from './stores/resume-positions.ts';

/** Whoever may see the library anyway is shown the way to it. */
const mayLeave = signal(false);

/** Puts what a share is of onto the page, for somebody without an account: one item, or the radio. */
export function openSharedPage(root: HTMLElement, token: string): void {
  void askWhetherMember();
  if (!SHARE_TOKEN.test(token)) {
    render(<EndedShare mayLeave={mayLeave} />, root);
    return;
  }
  const api = createApiClient({
    shareToken: token,
    onProblem: ({ code }) => {
      if (code === 'unauthorized') void stores.caller.load(); // the share has ended meanwhile
    },
  });
  const stores = createStores(
    createGuestApi(api, token),
    createResumePositions(() => localStorage),
  );
  const radio = createRadioPlayer(new Audio(), paths.sharedStream(token));
  void stores.caller.load();
  render(
    <StoresProvider value={stores}>
      <RadioProvider value={radio}>
        <GuestPage
          streamPath={paths.sharedStream(token)}
          mayLeave={mayLeave}
          onRetry={() => void stores.caller.load()}
        />
        <ToastList />
      </RadioProvider>
    </StoresProvider>,
    root,
  );
}

async function askWhetherMember(): Promise<void> {
  try {
    mayLeave.value = (await createApiClient().getCaller()).rights.includes('watch');
  } catch {
    mayLeave.value = false; // then there is what was shared, and no more
  }
}
