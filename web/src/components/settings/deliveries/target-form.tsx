import { useRef, useState } from 'preact/hooks';
import type { DeliveryCheck, DeliveryKind, DeliveryLayout } from '@linkcast/contracts';
import { useTexts } from '../../../language/texts-context.ts';
import { useStores } from '../../../stores/stores.ts';
import { CheckResult } from './check-result.tsx';
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
      <div class="check-choice">
        <label>
          <input type="checkbox" name="removeAfter" />
          {words.removeAfter}
        </label>
      </div>
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

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly isNeeded?: boolean;
  readonly onInput?: () => void;
}

function Field({ name, label, isNeeded = false, onInput }: FieldProps) {
  return (
    <label class="field">
      {label}
      <input
        class="input"
        {...{ name, required: isNeeded, ...(onInput && { onInput }) }}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
      />
    </label>
  );
}

/** Another server has another key. */
function ServerFields({ kind, onServer }: { readonly kind: DeliveryKind; readonly onServer: () => void }) {
  const { deliveries: words } = useTexts().site;
  return (
    <>
      <Field name="host" label={words.host} isNeeded onInput={onServer} />
      <label class="field">
        {words.port}
        <input class="input" name="port" inputmode="numeric" pattern="[0-9]*" autocomplete="off" onInput={onServer} />
      </label>
      <Field name="user" label={words.user} />
      <label class="field">
        {words.password}
        <input class="input" name="password" type="password" autocomplete="new-password" />
      </label>
      {kind === 'sftp' && (
        <label class="field">
          {words.key}
          <textarea class="input" name="key" rows={3} autocomplete="off" spellcheck={false} />
        </label>
      )}
    </>
  );
}

interface KindFieldProps {
  readonly kind: DeliveryKind;
  readonly onChange: (kind: DeliveryKind) => void;
}

const KINDS: readonly DeliveryKind[] = ['sftp', 'ftps', 'ftp', 'folder'];
const LAYOUTS: readonly DeliveryLayout[] = ['media-server', 'plain'];

function KindField({ kind, onChange }: KindFieldProps) {
  const { deliveries: words } = useTexts().site;
  const choose = (value: string): void => onChange(KINDS.find((each) => each === value) ?? 'sftp');
  return (
    <label class="field">
      {words.kind}
      <select class="input" name="kind" value={kind} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {KINDS.map((each) => (
          <option key={each} value={each}>
            {words.kinds[each]}
          </option>
        ))}
      </select>
    </label>
  );
}

function LayoutField() {
  const { deliveries: words } = useTexts().site;
  return (
    <label class="field">
      {words.layout}
      <select class="input" name="layout">
        {LAYOUTS.map((each) => (
          <option key={each} value={each}>
            {words.layouts[each]}
          </option>
        ))}
      </select>
    </label>
  );
}
