import { limitNames, type LimitName, type LimitUses } from '@linkcast/contracts';
import { useRequest } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { SettingsSection } from './settings-section.tsx';

/** The limits of the person, with what they use of each; nothing for somebody without limits. */
export function OwnLimits() {
  const { limits: words } = useTexts().site;
  const { account } = useStores();
  const usage = useRequest(async () => (await account.getMe()).usage);
  const limited = limitNames.filter((name) => usage.value?.[name].limit != null);
  if (!usage.value || limited.length === 0) return null;
  return (
    <SettingsSection heading={words.yours}>
      <ul class="rows">
        {limited.map((name) => (
          <LimitRow key={name} name={name} usage={usage.value} />
        ))}
      </ul>
    </SettingsSection>
  );
}

function LimitRow({ name, usage }: { readonly name: LimitName; readonly usage: LimitUses | undefined }) {
  const { site, formats } = useTexts();
  const { limits: words } = site;
  const { used = 0, limit } = usage?.[name] ?? {};
  const format = name === 'storageBytes' ? formats.bytes : formats.number;
  if (limit == null) return null;
  return (
    <li class="row">
      <div class="row-text">
        <strong>{words.names[name]}</strong>
        <small>{words.use(format(used), format(limit))}</small>
        <ProgressBar ratio={Math.min(1, used / limit)} label={words.names[name]} />
      </div>
    </li>
  );
}
