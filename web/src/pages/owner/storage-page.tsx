import { DiskPicture } from '../../components/storage/disk-picture.tsx';
import { LargestList, NextList, QuestionList } from '../../components/storage/item-lists.tsx';
import { PersonUses } from '../../components/storage/person-uses.tsx';
import { RuleList } from '../../components/storage/rule-list.tsx';
import { useStorage } from '../../components/storage/use-storage.ts';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { FailureNote } from '../../components/ui/failure-note.tsx';
import { usePageTitle } from '../../components/ui/page-title.ts';
import { useRequest } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';

/** `/storage`: for owners, what takes the space of the disk, what goes next, and the rules. */
export function StoragePage() {
  const { storage: words, titles } = useTexts().site;
  const { caller } = useStores();
  usePageTitle(titles.storage);
  if (caller.can('manage')) return <StorageOfOwner />;
  return <EmptyState icon="server" heading={words.forOwnersHeading} hint={words.forOwnersHint} />;
}

function StorageOfOwner() {
  const { storage: words } = useTexts().site;
  const { storage: calls } = useStores();
  const storage = useStorage();
  const people = useRequest(async () => (await calls.listPeople()).people);
  const { value: picture } = storage;
  const failure = storage.failure === '' ? people.failure : storage.failure;
  const reload = async () => {
    await Promise.all([storage.reload(), people.reload()]);
  };
  return (
    <div class="list-page">
      <h1>{words.heading}</h1>
      {failure !== '' && <FailureNote sentence={failure} onRetry={() => void reload()} />}
      {!picture && failure === '' && <div class="skeleton-rows" role="status" aria-label={words.loading} />}
      {picture && (
        <>
          <DiskPicture disk={picture.disk} level={picture.level} />
          <QuestionList picture={picture} storage={storage} />
          <RuleList rules={picture.rules} people={people.value ?? []} onChange={storage.changeRule} />
          <NextList picture={picture} storage={storage} />
          <PersonUses people={picture.people} />
          <LargestList picture={picture} storage={storage} />
        </>
      )}
    </div>
  );
}
