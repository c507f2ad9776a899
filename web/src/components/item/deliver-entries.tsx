import type { Media } from '@linkcast/contracts';
import { useRequest } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';

interface DeliverEntriesProps {
  readonly item: Media;
  readonly onClose: () => void;
}

/** The entries of the menu by which an owner delivers a finished item: one for each target. */
export function DeliverEntries(props: DeliverEntriesProps) {
  const { caller } = useStores();
  return props.item.state === 'ready' && caller.can('manage') ? <TargetEntries {...props} /> : null;
}

function TargetEntries({ item, onClose }: DeliverEntriesProps) {
  const { deliveries: words } = useTexts().site;
  const { deliveries: calls, toasts } = useStores();
  const { value } = useRequest(() => calls.listDeliveryTargets());
  const deliver = (targetId: string): void => {
    toasts.follow(calls.deliverMedia(item.id, targetId), words.queued);
    onClose();
  };
  return (
    <>
      {value?.targets.map(({ id, name }) => (
        <button key={id} type="button" onClick={() => deliver(id)}>
          <Icon name="server" />
          {words.deliverTo(name)}
        </button>
      ))}
    </>
  );
}
