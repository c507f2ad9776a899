import type { Playlist, PlaylistChoice, Probe } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { hostOf } from '../../format/safe-href.ts';

/** The choice for a list that the person sees. */
export type ListChoice = Exclude<PlaylistChoice, 'ask'>;

interface LinkPreviewCardProps {
  readonly probe: Probe | undefined;
  /** The status of the link; empty: none. */
  readonly status: string;
  readonly choice: ListChoice;
  readonly onChoose: (choice: ListChoice) => void;
}

/** The preview of the link in the form: one video, or a list with the choice of one or all. */
export function LinkPreviewCard({ probe, status, choice, onChoose }: LinkPreviewCardProps) {
  const { site } = useTexts();
  const list = probe?.playlist;
  return (
    <div class={probe ? 'link-preview panel' : 'link-preview'}>
      <p role="status">{list ? site.add.list.found(list.entries.length, list.hasMore) : status}</p>
      {probe && !list && <OneVideo probe={probe} />}
      {list && (
        <>
          {list.title !== null && <h2 class="link-title">{list.title}</h2>}
          <ListEntries list={list} />
          <ListChoiceField list={list} choice={choice} onChoose={onChoose} />
        </>
      )}
    </div>
  );
}

function OneVideo({ probe }: { readonly probe: Probe }) {
  const { formats } = useTexts();
  const { title, uploader, durationSeconds } = probe;
  const facts = [uploader, durationSeconds === null ? null : formats.duration(durationSeconds)];
  return (
    <>
      <h2 class="link-title">{title}</h2>
      <p class="link-facts">{facts.filter((fact) => fact !== null).join(' · ')}</p>
    </>
  );
}

/** Entries that are shown. */
const SHOWN = 4;

function ListEntries({ list: { entries, hasMore } }: { readonly list: Playlist }) {
  const { add: words } = useTexts().site;
  const rest = entries.length - SHOWN;
  return (
    <div class="list-entries">
      <ol>
        {entries.slice(0, SHOWN).map(({ url, title }) => (
          <li key={url}>{title ?? hostOf(url)}</li>
        ))}
      </ol>
      {(rest > 0 || hasMore) && <p>{hasMore ? '…' : words.list.more(rest)}</p>}
    </div>
  );
}

interface ListChoiceFieldProps {
  readonly list: Playlist;
  readonly choice: ListChoice;
  readonly onChoose: (choice: ListChoice) => void;
}

function ListChoiceField({ list, choice, onChoose }: ListChoiceFieldProps) {
  const { list: words } = useTexts().site.add;
  const { entries, hasMore, one } = list;
  const labels = {
    one: words.one[one ?? 'unknown'],
    all: hasMore ? words.firstOf(entries.length) : words.all(entries.length),
  };
  return (
    <fieldset class="check-choice">
      <legend>{words.question}</legend>
      {(['one', 'all'] as const).map((each) => (
        <label key={each}>
          <input type="radio" name="list-choice" checked={each === choice} onChange={() => onChoose(each)} />
          <span>{labels[each]}</span>
        </label>
      ))}
    </fieldset>
  );
}
