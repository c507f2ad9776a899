import { useEffect } from 'preact/hooks';
import type { Delivery } from '@linkcast/contracts';
import { useRequest } from '../../../connection/use-request.ts';
import { useTexts } from '../../../language/texts-context.ts';
import { useStores } from '../../../stores/stores.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { SettingsSection } from '../settings-section.tsx';
import { DeliveryList } from './delivery-list.tsx';
import { TargetForm } from './target-form.tsx';
import { TargetRow } from './target-row.tsx';

const POLL_MS = 3000;

/** Shows an owner the targets of deliveries and the last deliveries, and makes new targets. */
export function DeliverySection() {
  const { deliveries: words, account } = useTexts().site;
  const { deliveries: calls } = useStores();
  const targets = useRequest(() => calls.listDeliveryTargets());
  const last = useRequest(() => calls.listDeliveries());
  const isMoving = last.value?.deliveries.some(isOnItsWay) ?? false;
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(() => void last.reload(), POLL_MS);
    return () => clearInterval(timer);
  }, [isMoving]);
  const reload = async (): Promise<void> => {
    await Promise.all([targets.reload(), last.reload()]);
  };
  const { value, failure } = targets;
  return (
    <SettingsSection heading={words.heading} hint={words.hint}>
      {failure !== '' && <FailureNote sentence={failure} onRetry={() => void reload()} />}
      {!value && failure === '' && <div class="skeleton-rows" role="status" aria-label={account.loading} />}
      {value?.targets.length === 0 && <p class="note-text">{words.none}</p>}
      <ul class="rows">
        {value?.targets.map((target) => (
          <TargetRow key={target.id} target={target} onChanged={reload} />
        ))}
      </ul>
      {last.value && last.value.deliveries.length > 0 && (
        <DeliveryList deliveries={last.value.deliveries} onChanged={last.reload} />
      )}
      <TargetForm onMade={reload} />
    </SettingsSection>
  );
}

function isOnItsWay({ state }: Delivery): boolean {
  return state === 'queued' || state === 'running';
}
