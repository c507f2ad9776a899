import { backOffMs } from '../connection/back-off.ts';

export const MAX_NETWORK_TRIES = 6;
const MAX_MEDIA_TRIES = 2;

/** Why playback ended for good; each has its sentence in the texts. */
export type PlaybackFailure = 'network' | 'media' | 'unsupported' | 'missing';

/** A fatal error of a player, boiled down. */
export interface PlayerError {
  readonly kind: 'network' | 'media' | 'other';
  /** HTTP status, where the server answered. */
  readonly status?: number | undefined;
  /** The codecs cannot be decoded here: another try changes nothing. */
  readonly incompatible?: boolean;
}

/** How often each cure was tried since playback last went well. */
export interface Tries {
  readonly network: number;
  readonly media: number;
}

export type Recovery =
  | { readonly step: 'reload'; readonly afterMs: number }
  | { readonly step: 'recover-media' }
  | { readonly step: 'give-up'; readonly failure: PlaybackFailure };

/** What to do about a fatal error: the network gets patience, the decoder two chances. */
export function planRecovery(error: PlayerError, tries: Tries): Recovery {
  if (error.incompatible) return { step: 'give-up', failure: 'unsupported' };
  if (error.kind === 'media') {
    return tries.media < MAX_MEDIA_TRIES ? { step: 'recover-media' } : { step: 'give-up', failure: 'media' };
  }
  if (error.kind === 'other') return { step: 'give-up', failure: 'media' };
  if (tries.network < MAX_NETWORK_TRIES) return { step: 'reload', afterMs: backOffMs(tries.network, 15_000) };
  return { step: 'give-up', failure: error.status === 404 || error.status === 410 ? 'missing' : 'network' };
}
