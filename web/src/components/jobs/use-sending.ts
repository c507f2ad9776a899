import { useState } from 'preact/hooks';
import { isProblem, type Job, type JobRequest, type PlaylistChoice, type PlaylistFacts } from '@linkcast/contracts';
import { useStores } from '../../stores/stores.ts';

/** A request whose link is a list, of which the person has to choose. */
interface ListQuestion {
  readonly request: JobRequest;
  readonly list: PlaylistFacts & { readonly videos: number };
}

/** Sending a link, with the question for one that is a list. */
export interface Sending {
  /** True while a request is on its way, which may take as long as the server reads the link. */
  readonly isBusy: boolean;
  /** The question that is open. */
  readonly question: ListQuestion | undefined;
  /** Sends a request, unless another one is on its way. */
  readonly send: (request: JobRequest, playlist: PlaylistChoice) => void;
  readonly dismiss: () => void;
}

/** @param onSent called with the job that was made */
export function useSending(onSent: (job: Job) => void): Sending {
  const { jobs, toasts } = useStores();
  const [isBusy, setBusy] = useState(false);
  const [question, setQuestion] = useState<ListQuestion>();

  const perform = async (request: JobRequest, playlist: PlaylistChoice) => {
    setBusy(true);
    setQuestion(undefined);
    try {
      onSent(await jobs.send(request, playlist));
    } catch (error) {
      const asked = questionBehind(error, request);
      if (asked) setQuestion(asked);
      else toasts.showFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return {
    isBusy,
    question,
    send: (request, playlist) => {
      if (!isBusy) void perform(request, playlist);
    },
    dismiss: () => setQuestion(undefined),
  };
}

function questionBehind(error: unknown, request: JobRequest): ListQuestion | undefined {
  if (!isProblem(error) || error.code !== 'playlist-choice') return undefined;
  const { videos, list } = error.facts;
  return videos === undefined || list === undefined ? undefined : { request, list: { ...list, videos } };
}
