import type { StoragePicture } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';

const KINDS = ['videoBytes', 'audioBytes', 'trashBytes', 'workBytes', 'otherBytes', 'freeBytes'] as const;

/** The disk as a bar of what takes its space, with a mark at the limit, and the same in numbers. */
export function DiskPicture({ disk, level }: Pick<StoragePicture, 'disk' | 'level'>) {
  const { site, formats } = useTexts();
  const { storage: words } = site;
  const { totalBytes, limitBytes, freeBytes, reservedBytes } = disk;
  const part = (bytes: number): string => `${totalBytes === 0 ? 0 : (bytes / totalBytes) * 100}%`;
  const limitRatio = totalBytes === 0 ? 0 : limitBytes / totalBytes;
  return (
    <section class="panel disk-picture">
      {level !== 'ok' && (
        <p class="note-text disk-level" role="status">
          {words.levels[level]}
        </p>
      )}
      <p>{words.used(totalBytes - freeBytes, limitBytes, limitRatio)}</p>
      <div class="disk-bar" aria-hidden="true">
        {KINDS.map((kind) => (
          <span key={kind} class={`disk-part disk-${kind}`} style={{ width: part(disk[kind]) }} />
        ))}
        <span class="disk-limit" style={{ insetInlineStart: part(limitBytes) }} />
      </div>
      <ul class="disk-legend" aria-label={words.disk}>
        {KINDS.map((kind) => (
          <li key={kind}>
            <span class={`disk-sign disk-${kind}`} aria-hidden="true" />
            <span>{words.kinds[kind]}</span>
            <strong>{formats.bytes(disk[kind])}</strong>
          </li>
        ))}
      </ul>
      {reservedBytes > 0 && <p class="note-text">{words.reserved(reservedBytes)}</p>}
    </section>
  );
}
