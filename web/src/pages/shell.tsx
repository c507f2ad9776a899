import type { ComponentChildren } from 'preact';
import type { ReadonlySignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { paths } from '@linkcast/contracts';
import { useTexts } from '../language/texts-context.ts';
import type { Connection } from '../connection/event-subscription.ts';
import { useStores } from '../stores/stores.ts';
import { AccountButton } from '../components/account/account-button.tsx';
import { Icon, type IconName } from '../components/ui/icon.tsx';
import { Logo } from '../components/ui/logo.tsx';
import { ToastList } from '../components/ui/toast-list.tsx';
import { RadioBar } from '../components/radio/radio-bar.tsx';

interface ShellProps {
  readonly connection: ReadonlySignal<Connection>;
  readonly children: ComponentChildren;
}

/** The frame of every page: top bar, navigation, radio bar, toasts. */
export function Shell({ connection, children }: ShellProps) {
  const { site } = useTexts();
  return (
    <>
      <a class="skip-link" href="#content">
        {site.skipToContent}
      </a>
      <header class="top-bar">
        <a class="brand" href={paths.library}>
          <Logo />
          <span>{site.name}</span>
        </a>
        <ConnectionNote connection={connection} />
        <Navigation />
        <AccountButton />
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <RadioBar />
      <ToastList />
    </>
  );
}

function ConnectionNote({ connection }: Pick<ShellProps, 'connection'>) {
  const { site } = useTexts();
  const lost = connection.value === 'lost';
  return (
    <span
      class={lost ? 'connection connection-lost' : 'connection'}
      role="status"
      title={lost ? site.connection.hint : ''}
    >
      {lost && site.connection.lost}
    </span>
  );
}

function Navigation() {
  const { site } = useTexts();
  const { jobs, caller } = useStores();
  const busy = jobs.unfinished.value.length;
  return (
    <nav class="navigation" aria-label={site.nav.label}>
      <NavigationLink href={paths.library} icon="library" text={site.nav.library} />
      <NavigationLink href={paths.radio} icon="radio" text={site.nav.radio} />
      {caller.can('add') && (
        <>
          <NavigationLink href={paths.queue} icon="queue" text={site.nav.queue} busy={busy} />
          <NavigationLink href={paths.add} icon="add" text={site.nav.add} />
        </>
      )}
    </nav>
  );
}

interface NavigationLinkProps {
  readonly href: string;
  readonly icon: IconName;
  readonly text: string;
  readonly busy?: number;
}

function NavigationLink({ href, icon, text, busy = 0 }: NavigationLinkProps) {
  const { site } = useTexts();
  const { path } = useLocation();
  return (
    <a class={`navigation-${icon}`} href={href} aria-current={path === href ? 'page' : undefined}>
      <span class="navigation-icon">
        <Icon name={icon} />
        {busy > 0 && (
          <span class="navigation-badge" aria-label={site.queueBadge(busy)}>
            {busy}
          </span>
        )}
      </span>
      <span>{text}</span>
    </a>
  );
}
