import { signal } from '@preact/signals';
import type Hls from 'hls.js';
import type { ErrorData } from 'hls.js';
import type { Engine, EngineOptions, QualityOption } from './engine.ts';
import { refuseWholeFile, retryWithoutAnswer } from './range-check.ts';
import { planRecovery, type PlayerError, type Tries } from './playback-recovery.ts';

type HlsConstructor = typeof Hls;

const kinds: Partial<Record<string, PlayerError['kind']>> = { networkError: 'network', mediaError: 'media' };
const unsupportedDetails: ReadonlySet<string> = new Set([
  'manifestIncompatibleCodecsError',
  'bufferIncompatibleCodecsError',
  'bufferAddCodecError',
]);

/** Plays HLS through Media Source Extensions. A playlist without ENDLIST is reloaded until it has one. */
export function startHlsEngine(HlsClass: HlsConstructor, { element, url, startAt, onFailure }: EngineOptions): Engine {
  const qualities = signal<readonly QualityOption[]>([]);
  const playing = signal(-1);
  let tries: Tries = { network: 0, media: 0 };
  let timer: number | undefined;

  const hls = new HlsClass({
    startPosition: startAt, // the default for an arriving item is the live edge
    enableWorker: false, // MP4 fragments need no transmuxing, and the site's policy allows no blob: worker
    backBufferLength: 90,
    maxBufferLength: 30,
    xhrSetup: (xhr, _url, context) => refuseWholeFile(xhr, context),
    fragLoadPolicy: retryWithoutAnswer(HlsClass.DefaultConfig.fragLoadPolicy),
  });

  function recover(data: ErrorData): void {
    const plan = planRecovery(asPlayerError(data), tries);
    switch (plan.step) {
      case 'recover-media':
        tries = { ...tries, media: tries.media + 1 };
        hls.recoverMediaError();
        return;
      case 'reload':
        tries = { ...tries, network: tries.network + 1 };
        timer = window.setTimeout(reload, plan.afterMs);
        return;
      case 'give-up':
        onFailure(plan.failure);
    }
  }

  function reload(): void {
    if (hls.levels.length === 0) hls.loadSource(url);
    else hls.startLoad();
  }

  hls.on(HlsClass.Events.ERROR, (_, data) => {
    if (data.fatal) recover(data);
  });
  hls.on(HlsClass.Events.FRAG_BUFFERED, () => (tries = { ...tries, network: 0 }));
  hls.on(HlsClass.Events.LEVEL_SWITCHED, (_, { level }) => (playing.value = level));
  hls.on(HlsClass.Events.MANIFEST_PARSED, () => (qualities.value = toQualities(hls)));
  hls.loadSource(url);
  hls.attachMedia(element);

  return {
    qualities,
    playing,
    chooseQuality: (index) => (hls.nextLevel = index),
    liveEdge: () => hls.liveSyncPosition ?? undefined,
    stop: () => {
      window.clearTimeout(timer);
      hls.destroy();
    },
  };
}

function toQualities(hls: Hls): readonly QualityOption[] {
  const options = hls.levels
    .map(({ width, height }, index) => ({ index, height: Math.min(width, height) })) // a portrait picture is named by its shorter side, too
    .filter(({ height }) => height > 0);
  return options.length < 2 ? [] : options.sort((a, b) => b.height - a.height);
}

function asPlayerError({ type, details, response }: ErrorData): PlayerError {
  return { kind: kinds[type] ?? 'other', status: response?.code, incompatible: unsupportedDetails.has(details) };
}
