import type { Share } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { Icon } from '../ui/icon.tsx';

interface ShareListProps {
  readonly shares: readonly Share[];
  readonly onRevoke: (id: string) => void;
}

/** Lists the active shares, without their links: the server stores only digests of the tokens. */
export function ShareList({ shares, onRevoke }: ShareListProps) {
  const { share: words } = useTexts().site;
  if (shares.length === 0) return null;
  return (
    <section class="dialog-section">
      <h3>{words.list}</h3>
      <ul class="rows">
        {shares.map(({ id, createdAt, expiresAt }) => (
          <li key={id} class="row">
            <span class="row-icon">
              <Icon name="link" />
            </span>
            <div class="row-text">
              <strong>{words.until(expiresAt)}</strong>
              <small>{words.made(createdAt)}</small>
            </div>
            <button
              type="button"
              class="button button-small"
              aria-label={words.stopOf(expiresAt)}
              onClick={() => onRevoke(id)}
            >
              {words.stop}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
