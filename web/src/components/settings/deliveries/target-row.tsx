import { useState } from 'preact/hooks';
import type { DeliveryCheck, DeliveryTarget } from '@linkcast/contracts';
import { useTexts } from '../../../language/texts-context.ts';
import { useStores } from '../../../stores/stores.ts';
import { Icon } from '../../ui/icon.tsx';
import { CheckResult } from './check-result.tsx';

interface TargetRowProps {
  readonly target: DeliveryTarget;
  readonly onChanged: () => Promise<void>;
}

/** A target, with buttons that try, pause and delete it. */
export function TargetRow({ target, onChanged }: TargetRowProps) {
  const { deliveries: words } = useTexts().site;
  const { deliveries: calls, toasts } = useStores();
  const [check, setCheck] = useState<DeliveryCheck>();
  const { id, name, kind, host, folder, isPaused } = target;
  const test = async (): Promise<void> => setCheck(await calls.checkDeliveryTarget(id));
  const change = (patch: Parameters<typeof calls.patchDeliveryTarget>[1]): void => {
    setCheck(undefined);
    toasts.follow(calls.patchDeliveryTarget(id, patch).then(onChanged));
  };
  const remove = (): void => toasts.follow(calls.removeDeliveryTarget(id).then(onChanged), words.removed);
  const place = [words.kinds[kind], host, folder].filter((part) => part !== '').join(' · ');
  return (
    <li class="row delivery-row">
      <div class="row-text">
        <strong>{isPaused ? `${name} · ${words.paused}` : name}</strong>
        <small>{place}</small>
        <CheckResult check={check} pin={target.pin} onConfirm={(pin) => change({ pin })} />
      </div>
      <button type="button" class="button" aria-label={words.testOf(name)} onClick={() => toasts.follow(test())}>
        {words.test}
      </button>
      <button type="button" class="button" onClick={() => change({ isPaused: !isPaused })}>
        {isPaused ? words.go : words.pause}
      </button>
      <button type="button" class="icon-button" aria-label={words.removeOf(name)} title={words.remove} onClick={remove}>
        <Icon name="close" />
      </button>
    </li>
  );
}
