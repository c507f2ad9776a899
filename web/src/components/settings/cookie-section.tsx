import { MOST_COOKIE_CHARACTERS, type CookieJar } from '@linkcast/contracts';
import { useState } from 'preact/hooks';
import { useRequest } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { Icon } from '../ui/icon.tsx';
import { SettingsSection } from './settings-section.tsx';

/** Shows the sites of which there are cookies, and takes new ones. */
export function CookieSection({ isOwner }: { readonly isOwner: boolean }) {
  const { cookies: words, account } = useTexts().site;
  const { cookies: calls, toasts } = useStores();
  const { value, failure, reload } = useRequest(() => calls.listCookies());
  const remove = (id: string): void => toasts.follow(calls.removeCookies(id).then(reload), words.removed);
  return (
    <SettingsSection heading={words.heading} hint={words.hint}>
      {failure !== '' && <FailureNote sentence={failure} onRetry={() => void reload()} />}
      {!value && failure === '' && <div class="skeleton-rows" role="status" aria-label={account.loading} />}
      {value?.cookies.length === 0 && <p class="note-text">{words.none}</p>}
      <ul class="rows">
        {value?.cookies.map((jar) => (
          <CookieRow key={jar.id} jar={jar} onRemove={() => remove(jar.id)} />
        ))}
      </ul>
      <CookieForm isOwner={isOwner} onGiven={reload} />
    </SettingsSection>
  );
}

function CookieRow({ jar, onRemove }: { readonly jar: CookieJar; readonly onRemove: () => void }) {
  const { cookies: words } = useTexts().site;
  const { site, use, count, expiresAt, state } = jar;
  const lineOf = (): string => [words.count(count), ...(expiresAt === null ? [] : [words.until(expiresAt)])].join(', ');
  return (
    <li class="row">
      <div class="row-text">
        <strong>{use === 'everyone' ? `${site} · ${words.forAll}` : site}</strong>
        <small>{state === 'valid' ? lineOf() : words[state]}</small>
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label={words.removeOf(site)}
        title={words.remove}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

interface CookieFormProps {
  readonly isOwner: boolean;
  readonly onGiven: () => Promise<void>;
}

function CookieForm({ isOwner, onGiven }: CookieFormProps) {
  const { cookies: words } = useTexts().site;
  const { cookies: calls, toasts } = useStores();
  const [refusal, setRefusal] = useState('');
  const give = async (form: HTMLFormElement): Promise<void> => {
    const data = new FormData(form);
    const [file, named] = [data.get('file'), data.get('site')];
    const site = typeof named === 'string' ? named.trim() : '';
    const text = file instanceof File ? await file.text() : '';
    const use = data.get('everyone') === 'on' ? 'everyone' : 'mine';
    await calls.putCookies({ text, use, ...(site !== '' && { site }) });
    form.reset();
    await onGiven();
  };
  const submit = (form: HTMLFormElement): void => {
    const file = new FormData(form).get('file');
    const size = file instanceof File ? file.size : 0;
    const fault = size === 0 ? words.missing : size > MOST_COOKIE_CHARACTERS ? words.tooLarge : '';
    setRefusal(fault);
    if (fault === '') toasts.follow(give(form), words.given);
  };
  return (
    <form
      class="cookie-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
    >
      <label class="field">
        {words.file}
        <input class="input" type="file" name="file" accept=".txt,text/plain" />
      </label>
      <label class="field">
        {words.site}
        <input class="input" name="site" autocomplete="off" autocapitalize="none" spellcheck={false} />
      </label>
      <p class="note-text note-small">{words.siteHint}</p>
      {isOwner && (
        <div class="check-choice">
          <label>
            <input type="checkbox" name="everyone" />
            {words.everyone}
          </label>
        </div>
      )}
      {refusal !== '' && <p role="alert">{refusal}</p>}
      <button type="submit" class="button button-primary">
        {words.give}
      </button>
    </form>
  );
}
