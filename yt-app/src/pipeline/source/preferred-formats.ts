import type { FormatPreference } from '@linkcast/contracts';
import type { SourceFormat } from './source-format.ts';

const PROTOCOLS: Readonly<Record<Exclude<FormatPreference, 'any'>, RegExp>> = {
  hls: /^m3u8(_native)?$/,
  dash: /^http_dash_segments$/,
  file: /^https?$/,
};

/** Leaves the preferred formats, and others for the picture or the sound where no preferred one has it. */
export function preferFormats(formats: readonly SourceFormat[], preference: FormatPreference): SourceFormat[] {
  if (preference === 'any') return [...formats];
  const isPreferred = ({ protocol }: SourceFormat): boolean => PROTOCOLS[preference].test(protocol ?? '');
  const preferred = formats.filter(isPreferred);
  const isMissing = (has: (format: SourceFormat) => boolean): boolean => !preferred.some(has);
  const [lacksPicture, lacksSound] = [isMissing(hasPicture), isMissing(hasSound)];
  return formats.filter(
    (format) => isPreferred(format) || (lacksPicture && hasPicture(format)) || (lacksSound && hasSound(format)),
  );
}

function hasPicture({ vcodec }: SourceFormat): boolean {
  return vcodec !== 'none';
}

function hasSound({ acodec }: SourceFormat): boolean {
  return acodec !== 'none';
}
