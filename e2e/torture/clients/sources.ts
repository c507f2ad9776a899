import { fixturePaths } from '@linkcast/testing';
import type { Entry, Ledger } from '../ledger.ts';
import type { Random } from '../random.ts';
import type { World } from '../world/world.ts';

const VIDEOS = [fixturePaths.mp4, fixturePaths.mp4IndexAtEnd, fixturePaths.dash, fixturePaths.hls] as const;
const SONGS = [fixturePaths.mp3, fixturePaths.m4a, fixturePaths.mp4] as const;
/** Paths below which the origin always misbehaves. */
const BROKEN = '/broken';
const CUT_BYTES = 50_000;
/** In the middle of the one file that nothing else uses. */
const DAMAGED = fixturePaths.webm;
const DAMAGE = { from: 60_000, bytes: 20_000 } as const;

/** Links that nobody has sent yet. */
export interface Sources {
  next(): Entry;
}

export function createSources(
  { origin, sourceUrl, canary }: Pick<World, 'origin' | 'sourceUrl' | 'canary'>,
  ledger: Ledger,
  random: Random,
): Sources {
  let number = 0;
  origin.behave(DAMAGED, { kind: 'damage', ...DAMAGE });
  const unique = (url: string): string => `${url}?n=${(number += 1)}`;
  const own = (extension: string): string => `${BROKEN}/${(number += 1)}.${extension}`;
  const broken = (): string => {
    const path = own('mp4');
    random.pick([
      () => origin.behave(path, { kind: 'status', status: 404 }),
      () => origin.behave(path, { kind: 'body', contentType: 'video/mp4', body: '<html>not a video</html>' }),
      () => origin.behave(path, { kind: 'truncate', afterBytes: CUT_BYTES, contentLength: 'sent' }),
    ])();
    return sourceUrl + path;
  };
  /** A link to a private server, or a public one that leads there. */
  const forbidden = (): string => {
    const target = `http://${random.pick(canary.hostPorts)}/${(number += 1)}`;
    return random.pick([
      () => `${target}.mp4`,
      () => {
        const path = own('mp4');
        origin.behave(path, { kind: 'redirect', to: `${target}.mp4` });
        return sourceUrl + path;
      },
      () => {
        const path = own('m3u8');
        origin.text(path, 'application/vnd.apple.mpegurl', playlistOf(`${target}.ts`));
        return sourceUrl + path;
      },
      () => {
        const path = own('html');
        origin.text(path, 'text/html', `<html><video src="${target}.mp4"></video></html>`);
        return sourceUrl + path;
      },
    ])();
  };

  return {
    next() {
      const type = random.chance(0.35) ? 'audio' : 'video';
      if (random.chance(0.08)) return ledger.add({ url: forbidden(), type, source: 'forbidden' });
      if (random.chance(0.04)) return ledger.add({ url: unique(sourceUrl + DAMAGED), type, source: 'damaged' });
      if (random.chance(0.1)) return ledger.add({ url: broken(), type, source: 'broken' });
      const path = random.pick<string>(type === 'video' ? VIDEOS : SONGS);
      return ledger.add({ url: unique(sourceUrl + path), type, source: 'healthy' });
    },
  };
}

function playlistOf(segment: string): string {
  const head = ['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-TARGETDURATION:5', '#EXT-X-MEDIA-SEQUENCE:0'];
  return [...head, '#EXTINF:5.0,', segment, '#EXTINF:5.0,', segment, '#EXT-X-ENDLIST', ''].join('\n');
}
