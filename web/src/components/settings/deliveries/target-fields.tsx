import type { DeliveryKind, DeliveryLayout } from '@linkcast/contracts';
import { useTexts } from '../../../language/texts-context.ts';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly isNeeded?: boolean;
  readonly onInput?: () => void;
}

/** A line of text. */
export function Field({ name, label, isNeeded = false, onInput }: FieldProps) {
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
export function ServerFields({ kind, onServer }: { readonly kind: DeliveryKind; readonly onServer: () => void }) {
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

/** The choice of the way to the target. */
export function KindField({ kind, onChange }: KindFieldProps) {
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

/** The choice of the names of files. */
export function LayoutField() {
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
