import { useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { paths, type Job, type MediaType, type Quality } from '@linkcast/contracts';
import { useTexts } from '../language/texts-context.ts';
import { Icon } from '../components/ui/icon.tsx';
import { LinkField } from '../components/jobs/link-field.tsx';
import { LinkPreviewCard, type ListChoice } from '../components/jobs/link-preview.tsx';
import { ListDialog } from '../components/jobs/list-dialog.tsx';
import { OwnFiles } from '../components/jobs/own-files.tsx';
import { SentJob } from '../components/jobs/sent-job.tsx';
import { useLinkPreview } from '../components/jobs/use-link-preview.ts';
import { useSending } from '../components/jobs/use-sending.ts';
import { useNextVisibility, VisibilitySelect } from '../components/jobs/visibility-select.tsx';
import { readShareTarget } from './share-target.ts';
import { useStores } from '../stores/stores.ts';
import { usePageTitle } from '../components/ui/page-title.ts';

/** `/add`: the form for a new job, also opened by the share menu of a phone; then the job that was sent. */
export function AddPage() {
  const { titles } = useTexts().site;
  usePageTitle(titles.add);
  const { query, route } = useLocation();
  // The job is in the address: going back shows it again, not a form that would send the link a second time.
  const { job } = query;
  if (job) return <SentJob id={job} onAnother={() => route(paths.add, true)} />;
  return <LinkForm shared={query} onSent={({ id }) => route(`${paths.add}?job=${id}`, true)} />;
}

interface LinkFormProps {
  readonly shared: Record<string, string>;
  readonly onSent: (job: Job) => void;
}

function LinkForm({ shared, onSent }: LinkFormProps) {
  const { add: words } = useTexts().site;
  const { toasts, preferences, caller } = useStores();
  const wasShared = ['url', 'text', 'title'].some((name) => shared[name]);
  const url = useSignal(readShareTarget(shared));
  const preferred = preferences.current.value;
  const [quality, setQuality] = useState(offeredQuality(preferred.quality, caller.caller.value?.maxHeight));

  const visibility = useNextVisibility();
  const { isReading, probe } = useLinkPreview(url.value);
  const [listChoice, setListChoice] = useState<ListChoice>('one');
  useEffect(() => setListChoice('one'), [probe]);
  const sending = useSending(onSent);

  const send = (type: MediaType) => {
    const link = url.value.trim();
    if (link === '') {
      toasts.show('trouble', words.missing);
      return;
    }
    const choice = { type, ...(type === 'video' && { quality }) };
    preferences.remember(choice);
    const playlist = probe ? listChoice : 'ask'; // of one video, all choices are the same
    sending.send({ url: link, ...choice, ...visibility.request }, playlist);
  };
  const classOf = (type: MediaType) =>
    type === (preferred.type ?? 'video') ? 'add-choice add-choice-preferred' : 'add-choice';

  return (
    <form class="add-page" onSubmit={(event) => event.preventDefault()}>
      {wasShared && <p class="add-shared">{url.value === '' ? words.noLink : words.shared}</p>}
      <h1>{words.heading}</h1>
      <p class="lead">{words.lead}</p>
      <LinkField url={url} />
      <LinkPreviewCard
        probe={probe}
        status={isReading || sending.isBusy ? words.reading : ''}
        choice={listChoice}
        onChoose={setListChoice}
      />
      <div class="add-choices">
        <button type="button" class={classOf('video')} aria-disabled={sending.isBusy} onClick={() => send('video')}>
          <Icon name="video" />
          <strong>{words.asVideo}</strong>
          <small>{words.asVideoHint}</small>
        </button>
        <button type="button" class={classOf('audio')} aria-disabled={sending.isBusy} onClick={() => send('audio')}>
          <Icon name="music" />
          <strong>{words.asAudio}</strong>
          <small>{words.asAudioHint}</small>
        </button>
      </div>
      <div class="add-options">
        <QualityChoice quality={quality} onChoose={setQuality} />
        <VisibilitySelect next={visibility} />
      </div>
      <ListDialog {...sending} />
      <OwnFiles visibility={visibility} />
    </form>
  );
}

/** The preferred quality, unless this installation does not download it. */
function offeredQuality(preferred: Quality | null, maxHeight = Infinity): Quality {
  return preferred !== null && Number.parseInt(preferred) <= maxHeight ? preferred : 'best';
}

interface QualityChoiceProps {
  readonly quality: Quality;
  readonly onChoose: (quality: Quality) => void;
}

function QualityChoice({ quality, onChoose }: QualityChoiceProps) {
  const { add: words } = useTexts().site;
  const { caller } = useStores();
  const maxHeight = caller.caller.value?.maxHeight ?? Infinity;
  const qualities = (Object.entries(words.qualities) as [Quality, string][]) // Object.entries types keys as string; these are the qualities
    .filter(([value]) => value === 'best' || Number.parseInt(value) <= maxHeight);
  return (
    <label class="choice">
      <span>{words.quality}</span>
      <select value={quality} onChange={({ currentTarget }) => onChoose(currentTarget.value as Quality)}>
        {qualities.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
