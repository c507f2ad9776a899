import { isProblem, type FieldFault, type ProfilesAnswer } from '@linkcast/contracts';
import { useState } from 'preact/hooks';
import { useRequest } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { SettingsSection } from './settings-section.tsx';

/** Shows an owner the profiles of hosts, and lets them change the file. */
export function ProfilesSection() {
  const { profiles: words, account } = useTexts().site;
  const { profiles: calls } = useStores();
  const { value, failure, reload } = useRequest(() => calls.getProfiles());
  return (
    <SettingsSection heading={words.heading} hint={words.hint}>
      {failure !== '' && <FailureNote sentence={failure} onRetry={() => void reload()} />}
      {!value && failure === '' && <div class="skeleton-rows" role="status" aria-label={account.loading} />}
      {value && <ProfilesForm key={value.text} profiles={value} onSaved={() => void reload()} />}
    </SettingsSection>
  );
}

interface ProfilesFormProps {
  readonly profiles: ProfilesAnswer;
  readonly onSaved: () => void;
}

function ProfilesForm({ profiles, onSaved }: ProfilesFormProps) {
  const { profiles: words } = useTexts().site;
  const { profiles: calls, toasts } = useStores();
  const [text, setText] = useState(profiles.text);
  const [refused, setRefused] = useState<readonly FieldFault[]>([]);
  const save = async (): Promise<void> => {
    setRefused([]);
    try {
      await calls.replaceProfiles({ text });
      onSaved();
    } catch (error) {
      if (isProblem(error)) setRefused(error.facts.faults ?? []);
      throw error;
    }
  };
  return (
    <form
      class="profiles-form"
      onSubmit={(event) => {
        event.preventDefault();
        toasts.follow(save(), words.saved);
      }}
    >
      <HostList profiles={profiles} />
      <label class="field">
        {words.label}
        <textarea
          class="input"
          rows={12}
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <p class="note-text note-small">{words.passwords}</p>
      {refused.length > 0 && (
        <ul class="profile-faults" role="alert">
          {refused.map(({ field, fault }) => (
            <li key={`${field} ${fault}`}>{`${field}: ${fault}`}</li>
          ))}
        </ul>
      )}
      <button type="submit" class="button button-primary">
        {words.save}
      </button>
    </form>
  );
}

/** The profiles in force, and the faults of the file because of which it is not. */
function HostList({ profiles: { hosts, faults } }: Pick<ProfilesFormProps, 'profiles'>) {
  const { profiles: words } = useTexts().site;
  return (
    <>
      {faults.length > 0 && (
        <div role="alert">
          <p class="note-text">{words.faulty}</p>
          <ul class="profile-faults">
            {faults.map(({ line, field, fault }) => (
              <li key={`${line} ${field} ${fault}`}>{words.fault(line, field, fault)}</li>
            ))}
          </ul>
        </div>
      )}
      {hosts.length === 0 && <p class="note-text">{words.none}</p>}
      <ul class="profile-hosts">
        {hosts.map((profile) => (
          <li key={profile.hosts.join()}>
            <strong>{profile.hosts.join(', ')}</strong> {profile.ways.join(' → ')}
          </li>
        ))}
      </ul>
    </>
  );
}
