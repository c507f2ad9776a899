import { signal } from '@preact/signals';
import { emptyElement, LIVE_EDGE, type Engine, type EngineOptions } from './engine.ts';
import { planRecovery, type PlayerError, type Tries } from './playback-recovery.ts';

/** Plays through the browser's own player: an MP3, or HLS on Apple systems. */
export function startNativeEngine({ element, url, startAt, onFailure }: EngineOptions): Engine {
  let tries: Tries = { network: 0, media: 0 };
  let timer: number | undefined;
  let resumeAt = startAt;
  const listeners = new AbortController();

  function reload(): void {
    element.src = url;
    element.load();
  }

  function handleError(): void {
    const plan = planRecovery(asPlayerError(element.error), tries);
    if (plan.step === 'give-up') {
      onFailure(plan.failure);
      return;
    }
    tries = plan.step === 'reload' ? { ...tries, network: tries.network + 1 } : { ...tries, media: tries.media + 1 };
    resumeAt = Math.max(resumeAt, element.currentTime);
    timer = window.setTimeout(reload, plan.step === 'reload' ? plan.afterMs : 0);
  }

  const { signal: aborted } = listeners;
  element.addEventListener('error', handleError, { signal: aborted });
  element.addEventListener('playing', () => (tries = { ...tries, network: 0 }), { signal: aborted });
  // Without a seek, a growing playlist starts at its live edge.
  const resume = (): void => {
    if (resumeAt !== LIVE_EDGE) element.currentTime = resumeAt;
  };
  element.addEventListener('loadedmetadata', resume, { signal: aborted });
  reload();

  return {
    qualities: signal([]),
    playing: signal(-1),
    chooseQuality: () => undefined,
    liveEdge: () => undefined,
    stop: () => {
      window.clearTimeout(timer);
      listeners.abort();
      emptyElement(element);
    },
  };
}

function asPlayerError(error: MediaError | null): PlayerError {
  if (error?.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED) return { kind: 'media' };
  if (error?.code === MediaError.MEDIA_ERR_DECODE) return { kind: 'media' };
  return { kind: 'network' };
}
