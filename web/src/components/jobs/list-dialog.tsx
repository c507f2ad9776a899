import { useTexts } from '../../language/texts-context.ts';
import { hostOf } from '../../format/safe-href.ts';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import type { Sending } from './use-sending.ts';

/** Asks which videos of a list are wanted, when a link that was sent is one. */
export function ListDialog({ question, send, dismiss }: Sending) {
  const { site } = useTexts();
  const { list: words } = site.add;
  if (!question) return null;
  const { request, list } = question;
  return (
    <Dialog heading={list.title ?? hostOf(request.url)} onClose={dismiss}>
      <p class="note-text">{words.found(list.videos, list.hasMore)}</p>
      <p class="note-text">{words.question}</p>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={() => send(request, 'one')}>
          {words.one[list.one ?? 'unknown']}
        </button>
        <button type="button" class="button" onClick={() => send(request, 'all')}>
          {list.hasMore ? words.firstOf(list.videos) : words.all(list.videos)}
        </button>
      </div>
    </Dialog>
  );
}
