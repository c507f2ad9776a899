import type { ComponentChildren } from 'preact';
import { isAllWell, type Health } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { useRequest } from '../../connection/use-request.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { SettingsSection } from './settings-section.tsx';

/** Shows the health checks of the server to an owner. */
export function HealthSection() {
  const { health: words, account } = useTexts().site;
  const { account: calls } = useStores();
  const health = useRequest(() => calls.health());
  return (
    <SettingsSection heading={words.heading}>
      {health.failure !== '' && <FailureNote sentence={health.failure} />}
      {!health.value && health.failure === '' && (
        <div class="skeleton-rows" role="status" aria-label={account.loading} />
      )}
      {health.value && <Report health={health.value} />}
    </SettingsSection>
  );
}

function Report({ health }: { readonly health: Health }) {
  const { site, checks: names } = useTexts();
  const { health: words } = site;
  const { checks, reachability, version } = health;
  // With a public name, reachability is one of the checks; without one, it is shown after them.
  const isChecked = checks.some(({ detail }) => detail === reachability.sentence);
  return (
    <>
      <p class="note-text">{words[isAllWell(health) ? 'ok' : 'degraded']}</p>
      <ul class="rows">
        {checks.map(({ name, ok, detail }) => (
          <Check key={name} icon={ok ? 'check' : 'alert'} isOk={ok} name={isKeyOf(names, name) ? names[name] : name}>
            {detail === '' ? (ok ? words.fine : words.faulty) : detail}
          </Check>
        ))}
        {!isChecked && (
          <Check icon="globe" isOk name={words.reachability}>
            {reachability.sentence}
          </Check>
        )}
      </ul>
      <p class="note-text note-small">{words.version(version)}</p>
    </>
  );
}

/** False for a check of a newer server, which the texts have no name for. */
function isKeyOf<T extends object>(names: T, name: PropertyKey): name is keyof T {
  return Object.hasOwn(names, name);
}

interface CheckProps {
  readonly icon: IconName;
  readonly isOk: boolean;
  readonly name: string;
  readonly children: ComponentChildren;
}

function Check({ icon, isOk, name, children }: CheckProps) {
  return (
    <li class="row">
      <span class={isOk ? 'row-icon row-good' : 'row-icon row-bad'}>
        <Icon name={icon} />
      </span>
      <div class="row-text row-check">
        <strong>{name}</strong>
        <small>{children}</small>
      </div>
    </li>
  );
}
