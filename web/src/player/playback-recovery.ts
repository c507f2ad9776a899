import { backOffMs } from '@linkcast/contracts';

export const MAX_NETWORK_TRIES = 6;
const RETRY = { firstMs: 1000, mostMs: 15_000 } as const;
const MAX_MEDIA_TRIES = 2;

/** The reasons for a permanent failure; each has a sentence in the texts. */
export type PlaybackFailure = 'network' | 'media' | 'unsupported' | 'missing';

/** A fatal error of an engine, reduced to what the recovery depends on. */
export interface PlayerError {
  readonly kind: 'network' | 'media' | 'other';
  /** HTTP status, when the server answered. */
  readonly status?: number | undefined;
  /** The browser cannot decode the codecs: a retry cannot succeed. */
  readonly incompatible?: boolean;
}

/** Recoveries of each kind since playback last succeeded. */
export interface Tries {
  readonly network: number;
  readonly media: number;
}

export type Recovery =
  | { readonly step: 'reload'; readonly afterMs: number }
  | { readonly step: 'recover-media' }
  | { readonly step: 'give-up'; readonly failure: PlaybackFailure };

/** Decides how to recover from a fatal error: up to six reloads for the network, two recoveries for the decoder. */
export function planRecovery(error: PlayerError, tries: Tries): Recovery {
  if (error.incompatible) return { step: 'give-up', failure: 'unsupported' };
  if (error.kind === 'media') {
    return tries.media < MAX_MEDIA_TRIES ? { step: 'recover-media' } : { step: 'give-up', failure: 'media' };
  }
  if (error.kind === 'other') return { step: 'give-up', failure: 'media' };
  if (tries.network < MAX_NETWORK_TRIES) return { step: 'reload', afterMs: backOffMs(tries.network + 1, RETRY) };
  return { step: 'give-up', failure: error.status === 404 || error.status === 410 ? 'missing' : 'network' };
}
