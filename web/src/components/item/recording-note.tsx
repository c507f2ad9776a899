import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';

/** Says that the broadcast went on when its recording ended. Nothing for any other item. */
export function RecordingNote({ recording }: Pick<Media, 'recording'>) {
  const { live } = useTexts().site;
  return recording === 'limited' || recording === 'lost' ? <p role="note">{live[recording]}</p> : null;
}
