import type { Notice } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';

/** Lists the open notices with what to do. Empty for everyone but owners. */
export function NoticeList() {
  const { notices: words } = useTexts().site;
  const { notices } = useStores();
  if (notices.shown.value.length === 0) return null;
  return (
    <section class="notices" aria-label={words.heading}>
      {notices.shown.value.map((notice) => (
        <NoticeRow key={notice.key} notice={notice} onDismiss={() => notices.dismiss(notice)} />
      ))}
    </section>
  );
}

function NoticeRow({ notice, onDismiss }: { readonly notice: Notice; readonly onDismiss: () => void }) {
  const { notices: words } = useTexts().site;
  const { severity, since, sentence, action } = notice;
  return (
    <article class={`notice notice-${severity}`}>
      <Icon name={severity === 'info' ? 'server' : 'alert'} />
      <div class="notice-text">
        <p>{sentence}</p>
        {action && <p class="notice-action">{action.sentence}</p>}
        <small>{words.since(since)}</small>
      </div>
      <button type="button" class="icon-button" aria-label={words.dismiss} title={words.dismiss} onClick={onDismiss}>
        <Icon name="close" />
      </button>
    </article>
  );
}
