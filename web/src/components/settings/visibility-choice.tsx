import type { Visibility } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { SegmentChoice } from '../ui/segment-choice.tsx';

type Choice = Visibility | 'default';
const CHOICES: readonly Choice[] = ['default', 'everyone', 'mine'];

/** The choice of who sees what the person adds, unless they say otherwise. */
export function VisibilityChoice() {
  const { account: words } = useTexts().site;
  const { preferences } = useStores();
  return (
    <SegmentChoice
      label={words.visibility}
      options={CHOICES}
      chosen={preferences.current.value.visibility ?? 'default'}
      textOf={(choice) => words.visibilities[choice]}
      onChoose={(choice) => preferences.remember({ visibility: choice === 'default' ? null : choice })}
    />
  );
}
