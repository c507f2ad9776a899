import { FeederStatus, Problem } from '@linkcast/contracts';
import { serviceKeyHeader } from '../parts/service-key-header.ts';

/** The control endpoint of the station's feeder. */
export interface StationControl {
  /**
   * Ends the track that is on air; the feeder then requests the next one.
   *
   * @throws {Problem} `station-unavailable`.
   */
  skip(): Promise<void>;
  /** Never rejects: a feeder that does not answer is offline. */
  status(): Promise<FeederStatus>;
}

export interface StationControlOptions {
  /** Root of the control endpoint: `http://icecast:8001`. */
  readonly url: string;
  /** yt-app's own key; without it the feeder refuses. */
  readonly key: string | undefined;
  /** Milliseconds an answer may take. Default 3000. */
  readonly timeoutMs?: number;
}

const OFFLINE: FeederStatus = { online: false, listeners: 0 };

export function createStationControl({ url, key, timeoutMs = 3000 }: StationControlOptions): StationControl {
  const call = async (method: 'GET' | 'POST', path: string): Promise<Response> => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: serviceKeyHeader(key),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.ok) return response;
    await response.body?.cancel();
    throw new Error(`the station's control endpoint answered ${response.status}`);
  };

  return {
    async skip() {
      try {
        const response = await call('POST', '/skip');
        await response.body?.cancel();
      } catch (error) {
        throw new Problem('station-unavailable', {}, { cause: error });
      }
    },
    async status() {
      try {
        const response = await call('GET', '/status');
        return FeederStatus.parse(await response.json());
      } catch {
        return OFFLINE; // down, starting, or another server: offline in each case
      }
    },
  };
}
