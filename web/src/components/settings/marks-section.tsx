import type { Preferences } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { SegmentChoice } from '../ui/segment-choice.tsx';
import { SettingsSection } from './settings-section.tsx';

type Choice = NonNullable<Preferences['marks']> | 'off';
const CHOICES: readonly Choice[] = ['off', 'offer', 'skip'];

/** The choice of what the player does with the marks of SponsorBlock. Nothing where the installation does not ask for them. */
export function MarksSection() {
  const { marks: words } = useTexts().site;
  const { preferences, caller } = useStores();
  if (caller.caller.value?.hasSponsorBlock !== true) return null;
  return (
    <SettingsSection heading={words.heading} hint={words.hint}>
      <SegmentChoice
        label={words.choice}
        options={CHOICES}
        chosen={preferences.current.value.marks ?? 'off'}
        textOf={(choice) => words.choices[choice]}
        onChoose={(choice) => preferences.remember({ marks: choice === 'off' ? null : choice })}
      />
      <p class="note-text">
        {words.credit}{' '}
        <a href="https://sponsor.ajay.app/" target="_blank" rel="noreferrer noopener">
          SponsorBlock
        </a>
        {', '}
        <a href="https://creativecommons.org/licenses/by-nc-sa/4.0/" target="_blank" rel="noreferrer noopener">
          CC BY-NC-SA 4.0
        </a>
      </p>
    </SettingsSection>
  );
}
