import { useState } from 'preact/hooks';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';
import type { NextVisibility } from './visibility-select.tsx';
import { UploadRow } from './upload-row.tsx';

/** Chooses files of the person, or takes those that are dropped, and lists them on their way. */
export function OwnFiles({ visibility }: { readonly visibility: NextVisibility }) {
  const { uploads: words } = useTexts().site;
  const { uploads } = useStores();
  const [isOver, setOver] = useState(false);
  const send = (files: FileList | null | undefined) => uploads.send(files ?? [], visibility.request);
  return (
    <section
      class={isOver ? 'own-files own-files-over' : 'own-files'}
      aria-labelledby="own-files"
      onDragOver={(event) => {
        event.preventDefault(); // the browser would open the file
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        send(event.dataTransfer?.files);
      }}
    >
      <h2 id="own-files">{words.heading}</h2>
      <p class="lead">{words.lead}</p>
      <label class="button own-files-choose">
        <Icon name="add" />
        {words.choose}
        <input
          type="file"
          multiple
          onChange={({ currentTarget }) => {
            send(currentTarget.files);
            currentTarget.value = ''; // the same file may be chosen again
          }}
        />
      </label>
      {uploads.uploads.value.length > 0 && (
        <ul class="job-list" aria-label={words.list}>
          {uploads.uploads.value.map((upload) => (
            <UploadRow key={upload.key} upload={upload} />
          ))}
        </ul>
      )}
    </section>
  );
}
