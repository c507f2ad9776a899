import { useState } from 'preact/hooks';
import { paths, type FollowedList } from '@linkcast/contracts';
import { problemSentence } from '../../format/problem-sentence.ts';
import { useTexts } from '../../language/texts-context.ts';
import { ConfirmDialog } from '../ui/dialogs/confirm-dialog.tsx';
import { OptionsDialog } from './options-dialog.tsx';
import type { FollowingActions } from './use-following.ts';

interface FollowedRowProps {
  readonly list: FollowedList;
  readonly actions: FollowingActions;
}

/** A followed list: its state, and buttons that check, pause, change and end it. */
export function FollowedRow({ list, actions }: FollowedRowProps) {
  const { following: words } = useTexts().site;
  const [asking, setAsking] = useState<'options' | 'stop'>();
  const { id, title, url, collectionId, state } = list;
  const isPaused = state === 'paused';
  const close = () => setAsking(undefined);
  const button = (text: string, onClick: () => void) => (
    <button type="button" class="button" aria-label={`${text}: ${title}`} onClick={onClick}>
      {text}
    </button>
  );
  return (
    <li class="row followed-row">
      <div class="row-text">
        <strong>{collectionId === null ? title : <a href={paths.collection(collectionId)}>{title}</a>}</strong>
        <small>{useFacts(list)}</small>
        <small>{url}</small>
        <Trouble list={list} />
      </div>
      <div class="followed-buttons">
        {!isPaused && button(words.check, () => actions.check(id))}
        {button(isPaused ? words.go : words.pause, () => actions.change(id, { state: isPaused ? 'active' : 'paused' }))}
        {button(words.change, () => setAsking('options'))}
        {button(words.stop, () => setAsking('stop'))}
      </div>
      {asking === 'options' && (
        <OptionsDialog
          list={list}
          onSave={(patch) => {
            close();
            actions.change(id, patch);
          }}
          onClose={close}
        />
      )}
      {asking === 'stop' && (
        <ConfirmDialog
          {...{ heading: words.stopHeading, hint: words.stopHint(title), action: words.stop, icon: 'close' }}
          onConfirm={() => {
            close();
            actions.stop(id);
          }}
          onClose={close}
        />
      )}
    </li>
  );
}

/** The reason for which a list could not be read, or its videos wait. */
function Trouble({ list: { problem, failingSince } }: Pick<FollowedRowProps, 'list'>) {
  const texts = useTexts();
  if (!problem) return null;
  const since = failingSince === null ? '' : ` ${texts.site.following.since(failingSince)}`;
  return <small role="note">{`${problemSentence(problem, texts)}${since}`}</small>;
}

function useFacts({ type, state, nextCheckAt, waiting, lastNewAt }: FollowedList): string {
  const { site } = useTexts();
  const { following: words } = site;
  const next = state === 'paused' || nextCheckAt === null ? words.paused : words.nextCheck(nextCheckAt);
  return [
    site.types[type],
    next,
    ...(waiting === 0 ? [] : [words.waiting(waiting)]),
    ...(lastNewAt === null ? [] : [words.lastNew(lastNewAt)]),
  ].join(' · ');
}
