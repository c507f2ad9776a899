import { paths } from '@linkcast/contracts';
import type { FileUpload } from '../../uploads/upload-store.ts';
import { problemSentence } from '../../format/problem-sentence.ts';
import { useTexts } from '../../language/texts-context.ts';
import type { SiteTexts } from '../../language/site-texts.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';

/** A file on its way: name, progress, and its buttons. */
export function UploadRow({ upload }: { readonly upload: FileUpload }) {
  const texts = useTexts();
  const { name, bytes, sentBytes, state } = upload;
  return (
    <li class={state === 'refused' ? 'job job-failed' : 'job'}>
      <span class="job-type">
        <Icon name={state === 'whole' ? 'check' : 'send'} />
      </span>
      <div class="job-text">
        <h3>{name}</h3>
        <p role="status">{lineOf(upload, texts)}</p>
        {state !== 'whole' && state !== 'refused' && (
          <ProgressBar ratio={bytes > 0 ? sentBytes / bytes : 0} label={texts.site.progress.label(name)} />
        )}
      </div>
      <UploadButtons upload={upload} />
    </li>
  );
}

function UploadButtons({ upload: { key, name, state, jobId } }: { readonly upload: FileUpload }) {
  const { uploads: words } = useTexts().site;
  const { uploads } = useStores();
  const isRunning = state === 'waiting' || state === 'sending';
  return (
    <div class="job-buttons">
      {isRunning && (
        <button type="button" class="button" onClick={() => uploads.pause(key)}>
          {words.pause}
        </button>
      )}
      {!isRunning && state !== 'whole' && (
        <button type="button" class="button" onClick={() => uploads.resume(key)}>
          <Icon name="retry" />
          {words.resume}
        </button>
      )}
      {state === 'whole' && (
        <a class="button button-primary" href={jobId === null ? paths.queue : `${paths.add}?job=${jobId}`}>
          {words.open}
        </a>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label={`${words.remove}: ${name}`}
        onClick={() => uploads.remove(key)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

function lineOf({ state, bytes, sentBytes, problem }: FileUpload, texts: Pick<SiteTexts, 'site' | 'problems'>): string {
  const { uploads: words } = texts.site;
  if (problem) return problemSentence(problem, texts);
  if (state === 'sending') return words.sending(sentBytes, bytes);
  return state === 'refused' ? '' : words[state];
}
