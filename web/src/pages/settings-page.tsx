import { paths } from '@linkcast/contracts';
import { useState } from 'preact/hooks';
import { OwnLanguageChoice } from '../components/account/own-language-choice.tsx';
import { CookieSection } from '../components/settings/cookie-section.tsx';
import { DeliverySection } from '../components/settings/deliveries/delivery-section.tsx';
import { DeviceList } from '../components/settings/device-list.tsx';
import { HealthSection } from '../components/settings/health-section.tsx';
import { KeySection } from '../components/settings/key-section.tsx';
import { MarksSection } from '../components/settings/marks-section.tsx';
import { OwnLimits } from '../components/settings/own-limits.tsx';
import { OwnPerson } from '../components/settings/own-person.tsx';
import { PasskeySection } from '../components/settings/passkey-section.tsx';
import { ProfilesSection } from '../components/settings/profiles-section.tsx';
import { SettingsSection } from '../components/settings/settings-section.tsx';
import { SignInCodeMaker } from '../components/settings/sign-in-code-maker.tsx';
import { SignOutButtons } from '../components/settings/sign-out-buttons.tsx';
import { TelegramSection } from '../components/settings/telegram-section.tsx';
import { VisibilityChoice } from '../components/settings/visibility-choice.tsx';
import { Icon } from '../components/ui/icon.tsx';
import { usePageTitle } from '../components/ui/page-title.ts';
import { useTexts } from '../language/texts-context.ts';
import { useStores } from '../stores/stores.ts';

/** `/settings`: what belongs to the person; for an owner also the people and the health of the server. */
export function SettingsPage() {
  const { account: words, titles } = useTexts().site;
  usePageTitle(titles.settings);
  const { caller } = useStores();
  const [disconnections, setDisconnections] = useState(0);
  const known = caller.caller.value;
  if (!known) return null;
  const isOwner = caller.can('manage');
  return (
    <div class="settings-page">
      <h1>{titles.settings}</h1>
      <OwnPerson caller={known} />
      {isOwner && (
        <div class="actions">
          <a class="button" href={paths.people}>
            <Icon name="people" />
            {words.people}
          </a>
          <a class="button" href={paths.storage}>
            <Icon name="server" />
            {titles.storage}
          </a>
        </div>
      )}
      <OwnLimits />
      <OwnLanguageChoice />
      <VisibilityChoice />
      <MarksSection />
      <PasskeySection />
      <TelegramSection onDisconnected={() => setDisconnections((count) => count + 1)} />
      <SettingsSection heading={words.devices}>
        <DeviceList key={disconnections} />
        <SignOutButtons />
      </SettingsSection>
      <SignInCodeMaker />
      <KeySection />
      <CookieSection isOwner={isOwner} />
      {isOwner && <ProfilesSection />}
      {isOwner && <DeliverySection />}
      {isOwner && <HealthSection />}
    </div>
  );
}
