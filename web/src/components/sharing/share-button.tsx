import { useState } from 'preact/hooks';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { lazy } from '../ui/lazy.tsx';
import type { ShareSubject } from './share-dialog.tsx';

export const ShareDialog = lazy(async () => (await import('./share-dialog.tsx')).ShareDialog);

interface ShareButtonProps {
  readonly subject: ShareSubject;
  readonly text?: string;
  readonly icon?: IconName;
}

/** Opens the share dialog; rendered only with the right to share. */
export function ShareButton({ subject, text, icon = 'share' }: ShareButtonProps) {
  const { site } = useTexts();
  const { caller } = useStores();
  const [open, setOpen] = useState(false);
  if (!caller.can('add')) return null;
  return (
    <>
      <button type="button" class="button" onClick={() => setOpen(true)}>
        <Icon name={icon} />
        {text ?? site.share.share}
      </button>
      {open && <ShareDialog subject={subject} onClose={() => setOpen(false)} />}
    </>
  );
}
