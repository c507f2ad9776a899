import { useRef, useState } from 'preact/hooks';
import type { DeliveryCheck, DeliveryKind } from '@linkcast/contracts';
import { useTexts } from '../../../language/texts-context.ts';
import { useStores } from '../../../stores/stores.ts';
import { CheckResult } from './check-result.tsx';
import { Field, KindField, LayoutField, ServerFields } from './target-fields.tsx';
import { RuleFields } from './rule-fields.tsx';
import { readTarget } from './read-target.ts';

/** The form of a new target. The key that a server shows is confirmed before the target is made. */
export function TargetForm({ onMade }: { readonly onMade: () => Promise<void> }) {
  const { deliveries: words } = useTexts().site;
  const { deliveries: calls, toasts } = useStores();
  const form = useRef<HTMLFormElement>(null);
  const [kind, setKind] = useState<DeliveryKind>('sftp');
  const [pin, setPin] = useState<string | null>(null);
  const [check, setCheck] = useState<DeliveryCheck>();
  const forget = (): void => {
    setPin(null);
    setCheck(undefined);
  };
  const choose = (chosen: DeliveryKind): void => {
    setKind(chosen);
    forget();
  };
  const test = async (confirmed: string | null): Promise<void> => {
    if (form.current?.reportValidity())
      setCheck(await calls.checkNewDeliveryTarget(readTarget(form.current, confirmed)));
  };
  const confirm = (shown: string): void => {
    setPin(shown);
    toasts.follow(test(shown));
  };
  const make = async (filled: HTMLFormElement): Promise<void> => {
    await calls.createDeliveryTarget(readTarget(filled, pin));
    filled.reset();
    setKind('sftp');
    forget();
    await onMade();
  };
  return (
    <form
      ref={form}
      class="cookie-form"
      onSubmit={(event) => {
        event.preventDefault();
        toasts.follow(make(event.currentTarget), words.made);
      }}
    >
      <KindField kind={kind} onChange={choose} />
      {kind === 'ftp' && <p role="alert">{words.ftpWarning}</p>}
      <Field name="name" label={words.name} isNeeded />
      {kind !== 'folder' && <ServerFields kind={kind} onServer={forget} />}
      <Field name="folder" label={words.folder} />
      <LayoutField />
      <RuleFields />
      <RemovalChoice />
      <CheckResult check={check} pin={pin} onConfirm={confirm} />
      <div class="actions">
        <button type="button" class="button" onClick={() => toasts.follow(test(pin))}>
          {words.test}
        </button>
        <button type="submit" class="button button-primary">
          {words.make}
        </button>
      </div>
    </form>
  );
}

function RemovalChoice() {
  const { deliveries: words } = useTexts().site;
  return (
    <div class="check-choice">
      <label>
        <input type="checkbox" name="removeAfter" />
        {words.removeAfter}
      </label>
    </div>
  );
}
