import type { NextItem, StoragePicture } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { KeepOrDelete, StorageRow } from './storage-row.tsx';
import type { Storage } from './use-storage.ts';

interface ListProps {
  readonly picture: StoragePicture;
  readonly storage: Storage;
}

/** The questions about unwatched items that wait for an answer. */
export function QuestionList({ picture, storage }: ListProps) {
  const { site, formats } = useTexts();
  const { storage: words } = site;
  if (picture.questions.length === 0) return null;
  return (
    <section class="people-section">
      <h2>{words.questions}</h2>
      <p class="note-text">{words.questionsHint}</p>
      <ul class="panel rows">
        {picture.questions.map(({ id, title, bytes, personName, reason, expiresAt }) => (
          <li key={id} class="row storage-row">
            <div class="row-text">
              <strong>{title}</strong>
              <small>
                {[formats.bytes(bytes), personName, words.reasons[reason], words.expires(expiresAt)]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </small>
            </div>
            <div class="storage-buttons">
              <KeepOrDelete
                title={title}
                onKeep={() => storage.answer(id, 'keep')}
                onDelete={() => storage.answer(id, 'delete')}
              />
              <button
                type="button"
                class="button button-small"
                aria-label={words.laterTitle(title)}
                onClick={() => storage.answer(id, 'later')}
              >
                {words.later}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The items that go next, with dates and reasons. */
export function NextList({ picture, storage }: ListProps) {
  const { storage: words } = useTexts().site;
  const whenOf = useWhen();
  return (
    <section class="people-section">
      <h2>{words.next}</h2>
      <p class="note-text">{picture.next.length === 0 ? words.nextEmpty : words.nextHint}</p>
      <ul class="panel rows">
        {picture.next.map((next) => (
          <StorageRow key={next.media.id} item={next.media} details={[words.reasons[next.reason], whenOf(next)]}>
            <KeepOrDelete
              title={next.media.title}
              onKeep={() => storage.keep(next.media.id, true)}
              onDelete={() => storage.remove(next.media.id)}
            />
          </StorageRow>
        ))}
      </ul>
    </section>
  );
}

/** Returns the function that says when an item goes, or when owners are asked. */
function useWhen(): (next: NextItem) => string {
  const { storage: words } = useTexts().site;
  return ({ at, needsAnswer }) => {
    const isDue = Date.parse(at) <= Date.now();
    if (needsAnswer) return isDue ? words.asksNow : words.asksOn(at);
    return isDue ? words.goesSoon : words.goesOn(at);
  };
}

/** The items that take the most space. */
export function LargestList({ picture, storage }: ListProps) {
  const { storage: words } = useTexts().site;
  return (
    <section class="people-section">
      <h2>{words.largest}</h2>
      {picture.largest.length === 0 && <p class="note-text">{words.largestEmpty}</p>}
      <ul class="panel rows">
        {picture.largest.map((item) => (
          <StorageRow key={item.id} item={item} details={item.isKept ? [words.kept] : []}>
            <KeepOrDelete
              title={item.title}
              isKept={item.isKept}
              onKeep={() => storage.keep(item.id, !item.isKept)}
              onDelete={() => storage.remove(item.id)}
            />
          </StorageRow>
        ))}
      </ul>
    </section>
  );
}
