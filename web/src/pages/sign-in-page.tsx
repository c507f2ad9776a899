import { useTexts } from '../language/texts-context.ts';
import { Icon } from '../components/ui/icon.tsx';
import { Logo } from '../components/ui/logo.tsx';
import { LanguageChoice } from '../components/ui/language-choice.tsx';
import { PasskeySignIn } from '../components/account/passkey-sign-in.tsx';
import { SignInForm } from '../components/account/sign-in-form.tsx';
import { useStores } from '../stores/stores.ts';
import { usePageTitle } from '../components/ui/page-title.ts';

/** `/sign-in`; also shown at the address of a page that the caller has no right to see. */
export function SignInPage() {
  const { signIn: words, titles } = useTexts().site;
  usePageTitle(titles.signIn);
  const { caller } = useStores();
  const isVisitor = caller.can('watch');
  return (
    <div class="sign-in">
      {!isVisitor && <Logo />}
      <h1>{words.heading}</h1>
      <p class="lead">{isVisitor ? words.leadForVisitors : words.lead}</p>
      <SignInForm />
      <PasskeySignIn />
      <CodeSources botName={caller.caller.value?.botName ?? null} />
      <LanguageChoice />
    </div>
  );
}

/** Explains how to get a code: from the bot for members, from the console for the owner. */
function CodeSources({ botName }: { readonly botName: string | null }) {
  const { signIn: words } = useTexts().site;
  return (
    <section class="code-sources">
      <h2>{words.how}</h2>
      <ul>
        <li>
          <span class="code-source-icon">
            <Icon name="send" />
          </span>
          <div>
            <h3>{words.member}</h3>
            <p>{words.memberHint}</p>
            {botName !== null && (
              <a class="button" href={`https://t.me/${botName}`} target="_blank" rel="noreferrer noopener">
                <Icon name="open" />
                {words.openBot(botName)}
              </a>
            )}
          </div>
        </li>
        <li>
          <span class="code-source-icon">
            <Icon name="server" />
          </span>
          <div>
            <h3>{words.owner}</h3>
            <p>
              {words.ownerHint} <code>{words.ownerCommand}</code>
            </p>
          </div>
        </li>
      </ul>
    </section>
  );
}
