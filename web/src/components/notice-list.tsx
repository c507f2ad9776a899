import { texts } from '@linkcast/texts';
import { useStores } from '../data/stores.ts';
import { Icon } from './icon.tsx';

/** The short messages at the edge of the page. */
export function NoticeList() {
  const { notices } = useStores();
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.notices.value.map(({ id, tone, text }) => (
        <div key={id} class={`notice notice-${tone}`}>
          <Icon name={tone === 'done' ? 'check' : 'alert'} />
          <p>{text}</p>
          <button type="button" class="icon-button" aria-label={texts.site.dismiss} onClick={() => notices.dismiss(id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
