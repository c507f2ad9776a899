import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from './icon.tsx';

/** Shows the toasts at the edge of the page. */
export function ToastList() {
  const { site } = useTexts();
  const { toasts } = useStores();
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.toasts.value.map(({ id, tone, text, action }) => (
        <div key={id} class={`toast toast-${tone}`}>
          <Icon name={tone === 'done' ? 'check' : 'alert'} />
          <p>{text}</p>
          {action && (
            <button
              type="button"
              class="toast-action"
              onClick={() => {
                toasts.dismiss(id);
                action.run();
              }}
            >
              {action.text}
            </button>
          )}
          <button type="button" class="icon-button" aria-label={site.dismiss} onClick={() => toasts.dismiss(id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
