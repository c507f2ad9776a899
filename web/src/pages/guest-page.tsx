import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Caller, Media } from '@linkcast/contracts';
import { useTexts } from '../language/texts-context.ts';
import { EmptyState } from '../components/ui/empty-state.tsx';
import { FailureNote } from '../components/ui/failure-note.tsx';
import { ItemActions } from '../components/item/item-actions.tsx';
import { LanguageChoice } from '../components/ui/language-choice.tsx';
import { Logo } from '../components/ui/logo.tsx';
import { SharedRadio } from '../components/radio/shared-radio.tsx';
import type { ItemState } from '../stores/library/item-store.ts';
import { useStores } from '../stores/stores.ts';
import { MediaPlayer } from '../components/player/media-player.tsx';
import { OpeningPage } from './opening-page.tsx';
import { usePageTitle } from '../components/ui/page-title.ts';

/** Guests may not subscribe to events: an arriving item is polled. */
const POLL_MS = 4000;
/** Interval of the check that the share is still valid. */
const RECHECK_MS = 60_000;

interface FrameProps {
  /** True when this browser may also see the library. */
  readonly mayLeave: ReadonlySignal<boolean>;
}

interface GuestPageProps extends FrameProps {
  readonly streamPath: string;
  readonly onRetry: () => void;
}

/** `/s/:token/`: the shared item or the shared radio, and no other page. */
export function GuestPage({ streamPath, mayLeave, onRetry }: GuestPageProps) {
  const { site } = useTexts();
  const { caller } = useStores();
  const known = caller.caller.value;
  useEffect(() => {
    const timer = setInterval(() => void caller.load(), RECHECK_MS);
    return () => clearInterval(timer);
  }, []);
  if (!known) return <OpeningPage text={site.guest.loading} onRetry={onRetry} />;
  // The share is not valid. The answer names the browser's own session, if it has one.
  if (known.role !== 'guest') return <EndedShare mayLeave={mayLeave} />;
  return (
    <Frame note={site.guest.shared} mayLeave={mayLeave}>
      {known.mediaId === null ? <SharedRadio streamPath={streamPath} /> : <SharedItem id={known.mediaId} />}
      <ExpiryNote caller={known} />
    </Frame>
  );
}

/** The page of a share that has expired, was revoked or does not exist. */
export function EndedShare({ mayLeave }: FrameProps) {
  const { site } = useTexts();
  usePageTitle(site.guest.endedHeading);
  return (
    <Frame mayLeave={mayLeave}>
      <EmptyState icon="clock" heading={site.guest.endedHeading} hint={site.guest.endedHint} />
    </Frame>
  );
}

function Frame({
  note,
  mayLeave,
  children,
}: FrameProps & { readonly note?: string; readonly children: ComponentChildren }) {
  const { site } = useTexts();
  return (
    <>
      <header class="top-bar">
        <span class="brand">
          <Logo />
          <span>{site.name}</span>
        </span>
        {mayLeave.value ? (
          <a class="guest-note" href="/">
            {site.item.toLibrary}
          </a>
        ) : (
          <span class="guest-note">{note}</span>
        )}
      </header>
      <main id="content">
        {children}
        <footer class="guest-footer">
          <LanguageChoice />
        </footer>
      </main>
    </>
  );
}

function ExpiryNote({ caller }: { readonly caller: Caller }) {
  const { site } = useTexts();
  if (caller.expiresAt === null) return null;
  return <p class="guest-until">{site.guest.until(caller.expiresAt)}</p>;
}

function SharedItem({ id }: { readonly id: string }) {
  const { items } = useStores();
  const [state] = useState(() => items.open(id));
  const { value } = state;
  const isArriving = value.phase === 'found' && value.item.state === 'playable';
  useEffect(() => void items.load(id), []);
  useEffect(() => {
    if (!isArriving) return;
    const timer = setInterval(() => void items.load(id), POLL_MS);
    return () => clearInterval(timer);
  }, [isArriving]);
  return <SharedItemView state={value} onRetry={() => void items.load(id)} />;
}

function SharedItemView({ state, onRetry }: { readonly state: ItemState; readonly onRetry: () => void }) {
  const { site } = useTexts();
  usePageTitle(state.phase === 'found' ? state.item.title : '');
  switch (state.phase) {
    case 'loading':
      return <div class="item-page skeleton-item" role="status" aria-label={site.item.loading} />;
    case 'failed':
      return <FailureNote sentence={state.sentence} onRetry={onRetry} />;
    case 'deleted':
      return <EmptyState icon="alert" heading={site.item.deletedHeading} hint={site.guest.endedHint} />;
    case 'found':
      return <FoundItem item={state.item} />;
  }
}

function FoundItem({ item }: { readonly item: Media }) {
  const { site } = useTexts();
  return (
    <div class={`item-page item-page-${item.type}`}>
      <MediaPlayer item={item} />
      <div class="item-text">
        <h1>{item.title}</h1>
        <p class="item-meta">
          {[site.types[item.type], item.uploader === null ? '' : site.item.by(item.uploader)]
            .filter((part) => part !== '')
            .join(' · ')}
        </p>
        <ItemActions item={item} />
      </div>
    </div>
  );
}
