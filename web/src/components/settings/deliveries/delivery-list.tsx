import type { Delivery } from '@linkcast/contracts';
import { useTexts } from '../../../language/texts-context.ts';
import { useStores } from '../../../stores/stores.ts';

interface DeliveryListProps {
  readonly deliveries: readonly Delivery[];
  readonly onChanged: () => Promise<void>;
}

const SHOWN = 20;

/** The last deliveries, each with its state and a button that retries or cancels it. */
export function DeliveryList({ deliveries, onChanged }: DeliveryListProps) {
  const { deliveries: words } = useTexts().site;
  return (
    <>
      <h3>{words.last}</h3>
      <ul class="rows">
        {deliveries.slice(0, SHOWN).map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} onChanged={onChanged} />
        ))}
      </ul>
    </>
  );
}

interface DeliveryRowProps {
  readonly delivery: Delivery;
  readonly onChanged: () => Promise<void>;
}

function DeliveryRow({ delivery, onChanged }: DeliveryRowProps) {
  const { site, problems } = useTexts();
  const { deliveries: words } = site;
  const { deliveries: calls, toasts } = useStores();
  const { id, title, targetName, state, problem, path, proof, nextAttemptAt } = delivery;
  const facts = [
    targetName,
    words.states[state],
    ...(proof === null ? [] : [words.proofs[proof]]),
    ...(nextAttemptAt === null ? [] : [words.next(nextAttemptAt)]),
  ];
  return (
    <li class="row delivery-row">
      <div class="row-text">
        <strong>{title}</strong>
        <small>{facts.join(' · ')}</small>
        {path !== null && <small>{path}</small>}
        {problem && <small class="delivery-problem">{problems[problem.code].sentence(problem.facts ?? {})}</small>}
      </div>
      {(state === 'failed' || state === 'cancelled' || nextAttemptAt !== null) && (
        <button type="button" class="button" onClick={() => toasts.follow(calls.retryDelivery(id).then(onChanged))}>
          {words.retry}
        </button>
      )}
      {(state === 'queued' || state === 'running') && (
        <button type="button" class="button" onClick={() => toasts.follow(calls.cancelDelivery(id).then(onChanged))}>
          {words.cancel}
        </button>
      )}
    </li>
  );
}
