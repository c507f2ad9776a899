import type { MediaType } from '@linkcast/contracts';

const MAX_CHARACTERS = 100;
const EXTENSIONS: Record<MediaType, string> = { video: 'mp4', audio: 'mp3' };

/** `<title-as-slug>-YYYY-MM-DD_HH-MM-SS.mp4` (UTC), as the ancestor named its files. A name for display: no file has it. */
export function downloadName(title: string, type: MediaType, at: Date): string {
  const slug = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, MAX_CHARACTERS)
    .replaceAll(/^-|-$/g, '')
    .toWellFormed();
  const time = at.toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-');
  return `${slug || type}-${time}.${EXTENSIONS[type]}`;
}
