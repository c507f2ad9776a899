import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { paths, type MediaType } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import type { LibrarySort } from '../../stores/library/library-list.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';

const filters = [undefined, 'video', 'audio'] as const;
const TYPING_MS = 250;

/** Search field, type filter and sort order of the library, and the way to the trash. */
export function LibraryToolbar() {
  return (
    <div class="toolbar">
      <div class="toolbar-search">
        <SearchField />
        <TrashLink />
      </div>
      <div class="toolbar-row">
        <TypeFilter />
        <SortChoice />
      </div>
    </div>
  );
}

function TrashLink() {
  const { trash: words } = useTexts().site;
  const { caller } = useStores();
  if (!caller.isSignedIn.value) return null;
  return (
    <a class="icon-button" href={paths.trash} aria-label={words.open} title={words.open}>
      <Icon name="trash" />
    </a>
  );
}

function SearchField() {
  const { library: words } = useTexts().site;
  const { library } = useStores();
  const typed = useSignal(library.query.value.q);
  useEffect(() => {
    typed.value = library.query.value.q; // another component changed the query
  }, [library.query.value.q]);
  useEffect(() => {
    const q = typed.value.trim();
    if (q === library.query.value.q) return;
    const timer = setTimeout(() => void library.search({ q }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed.value]);
  return (
    <label class="search">
      <Icon name="search" />
      <span class="hidden">{words.searchLabel}</span>
      <input
        type="search"
        placeholder={words.search}
        maxLength={200}
        value={typed.value}
        onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
      />
    </label>
  );
}

function TypeFilter() {
  const { library: words, types } = useTexts().site;
  const { library } = useStores();
  const label = (type: MediaType | undefined) => (type === undefined ? words.all : types[type]);
  return (
    <div class="segments" role="group" aria-label={words.filterLabel}>
      {filters.map((type) => (
        <button
          key={label(type)}
          type="button"
          aria-pressed={library.query.value.type === type}
          onClick={() => void library.search({ type })}
        >
          {label(type)}
        </button>
      ))}
    </div>
  );
}

function SortChoice() {
  const { library: words } = useTexts().site;
  const { library } = useStores();
  const sorts = Object.entries(words.sorts) as [LibrarySort, string][]; // Object.entries types keys as string; these are the sort orders
  return (
    <label class="choice">
      <span class="hidden">{words.sortLabel}</span>
      <select
        value={library.query.value.sort}
        onChange={({ currentTarget }) => void library.search({ sort: currentTarget.value as LibrarySort })} // the value of one of the options
      >
        {sorts.map(([sort, text]) => (
          <option key={sort} value={sort}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
