import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { isProblem, paths, type Caller } from '@linkcast/contracts';
import { JoinForm } from '../components/account/join-form.tsx';
import { PasskeyOffer } from '../components/account/passkey-offer.tsx';
import { OwnLanguageChoice } from '../components/account/own-language-choice.tsx';
import { FailureNote } from '../components/ui/failure-note.tsx';
import { Logo } from '../components/ui/logo.tsx';
import { usePageTitle } from '../components/ui/page-title.ts';
import { failureSentence } from '../format/failure-sentence.ts';
import { personName } from '../format/person-name.ts';
import { useTexts } from '../language/texts-context.ts';
import { forgetInvitationCode, readInvitationCode } from '../sign-in/invitation-address.ts';
import { findPasskeyObstacle } from '../passkeys/passkey-obstacle.ts';
import { useStores } from '../stores/stores.ts';

/** `/join#<code>`: accepts an invitation. Nothing is sent before a click, because any page can link to this address. */
export function JoinPage() {
  const { join: words, titles } = useTexts().site;
  usePageTitle(titles.join);
  const code = useInvitationCode();
  return (
    <div class="sign-in">
      <Logo />
      {code === undefined ? (
        <Unusable heading={words.incompleteHeading}>
          <p class="lead">{words.incompleteHint}</p>
        </Unusable>
      ) : (
        <OpenedInvitation key={code} code={code} />
      )}
      <OwnLanguageChoice />
    </div>
  );
}

/** Returns the code of the last opened link, also after it is removed from the address; undefined: it has none. */
function useInvitationCode(): string | undefined {
  const [code, setCode] = useState(() => readInvitationCode(location));
  useEffect(() => {
    const read = () => setCode((before) => readInvitationCode(location) ?? before);
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  return code;
}

function OpenedInvitation({ code }: { readonly code: string }) {
  const texts = useTexts();
  const { caller } = useStores();
  const { route } = useLocation();
  const [failure, setFailure] = useState<unknown>();
  const [joinedAs, setJoinedAs] = useState<string>();
  const known = caller.caller.value;
  const isKnown = caller.isSignedIn.value && known;
  const openLibrary = () => route(paths.library, true);

  const join = async (name: string) => {
    try {
      await caller.join({ code, name });
      if (isKnown)
        location.replace(paths.library); // the pages are loaded again with the rights of the new role
      else if (findPasskeyObstacle(caller.caller.value?.passkeyDomain ?? '')) openLibrary();
      else {
        forgetInvitationCode();
        setJoinedAs(name);
      }
    } catch (error) {
      setFailure(error);
      if (isRefused(error)) forgetInvitationCode();
    }
  };

  const sentence = failure === undefined ? '' : failureSentence(failure, texts);
  if (isRefused(failure)) {
    return (
      <Unusable heading={texts.problems['invitation-refused'].title}>
        <p class="lead" role="alert">
          {sentence}
        </p>
      </Unusable>
    );
  }
  if (joinedAs !== undefined) return <PasskeyOffer name={joinedAs} onDone={openLibrary} />;
  if (isKnown) return <KnownPerson caller={known} failure={sentence} onAccept={join} />;
  return (
    <>
      <h1>{texts.site.join.heading}</h1>
      <p class="lead">{texts.site.join.lead}</p>
      <JoinForm refusal={sentence} onJoin={join} />
    </>
  );
}

/** True for the refusal that stays: the code is wrong, used up, revoked or expired. */
function isRefused(failure: unknown): boolean {
  return isProblem(failure) && failure.code === 'invitation-refused';
}

interface KnownPersonProps {
  readonly caller: Caller;
  readonly failure: string;
  readonly onAccept: (name: string) => Promise<void>;
}

/** Tells a signed-in person who they are. Accepting keeps that; an owner's invitation makes them an owner. */
function KnownPerson({ caller, failure, onAccept }: KnownPersonProps) {
  const texts = useTexts();
  const { join: words, signIn, account, item } = texts.site;
  const [busy, setBusy] = useState(false);
  const name = personName(caller, texts);
  const accept = async () => {
    setBusy(true);
    await onAccept(name);
    setBusy(false);
  };
  return (
    <>
      <h1>{words.signedInHeading}</h1>
      <p class="lead">{signIn.switchLead(name, account.roles[caller.role === 'owner' ? 'owner' : 'member'])}</p>
      <p>{words.signedInHint}</p>
      {failure !== '' && <FailureNote sentence={failure} />}
      <a class="button button-primary button-large" href={paths.library}>
        {item.toLibrary}
      </a>
      <button type="button" class="button button-large" disabled={busy} onClick={() => void accept()}>
        {busy ? words.working : words.accept}
      </button>
    </>
  );
}

/** Shown for a link that lets nobody in: the reason, and the ways that remain. */
function Unusable({ heading, children }: { readonly heading: string; readonly children: ComponentChildren }) {
  const { join: words, item } = useTexts().site;
  const { caller } = useStores();
  return (
    <>
      <h1>{heading}</h1>
      {children}
      {caller.can('watch') ? (
        <a class="button button-primary button-large" href={paths.library}>
          {item.toLibrary}
        </a>
      ) : (
        <a class="button button-large" href={paths.signIn}>
          {words.signIn}
        </a>
      )}
    </>
  );
}
