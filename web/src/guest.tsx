import { signal } from '@preact/signals';
import { render } from 'preact';
import { createApiClient, paths, SHARE_TOKEN } from '@linkcast/contracts';
import { ToastList } from './components/ui/toast-list.tsx';
import { createGuestApi } from './connection/guest-api.ts';
import { failureSentence } from './format/failure-sentence.ts';
import type { SiteTexts } from './language/site-texts.ts';
import { TextsProvider } from './language/texts-context.ts';
import { createStores, StoresProvider } from './stores/stores.ts';
import { EndedShare, GuestPage } from './pages/guest-page.tsx';
import { RadioProvider } from './radio/radio-context.ts';
import { createRadioPlayer } from './radio/radio-player.ts';
import { createResumePositions } from './stores/positions/resume-positions.ts';

/** True when this browser also has a session that may see the library: the page then links to it. */
const mayLeave = signal(false);

/** Renders the page of a share, one item or the radio, for a guest without an account. */
export function openSharedPage(root: HTMLElement, token: string, texts: SiteTexts): void {
  void checkSession();
  if (!SHARE_TOKEN.test(token)) {
    render(
      <TextsProvider value={texts}>
        <EndedShare mayLeave={mayLeave} />
      </TextsProvider>,
      root,
    );
    return;
  }
  const api = createApiClient({
    shareToken: token,
    language: texts.formats.language,
    onProblem: ({ code }) => {
      if (code === 'unauthorized') void stores.caller.load(); // the share has expired or was revoked
    },
  });
  const stores = createStores(
    createGuestApi(api, token),
    createResumePositions(() => localStorage),
    (error) => failureSentence(error, texts),
  );
  const radio = createRadioPlayer(new Audio(), paths.sharedStream(token));
  void stores.caller.load();
  render(
    <TextsProvider value={texts}>
      <StoresProvider value={stores}>
        <RadioProvider value={radio}>
          <GuestPage
            streamPath={paths.sharedStream(token)}
            mayLeave={mayLeave}
            onRetry={() => void stores.caller.load()}
          />
          <ToastList />
        </RadioProvider>
      </StoresProvider>
    </TextsProvider>,
    root,
  );
}

async function checkSession(): Promise<void> {
  try {
    mayLeave.value = (await createApiClient().getCaller()).rights.includes('watch');
  } catch {
    mayLeave.value = false; // without an answer, only what was shared is offered
  }
}
