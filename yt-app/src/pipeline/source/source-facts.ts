import type { SourceFacts } from '@linkcast/contracts';
import type { SourceInfo } from './source-info.ts';
import { sourceTitle, sourceUploader } from './source-title.ts';

/** These extractors use the last part of the URL path as the id, which many sources share. */
const EXTRACTORS_WITHOUT_IDS = new Set(['Generic', 'HTML5MediaEmbed']);

/** Identifies and names a source for the library. */
export function sourceFacts(info: SourceInfo, durationSeconds: number | null): SourceFacts {
  return {
    title: sourceTitle(info),
    uploader: sourceUploader(info),
    extractor: info.extractor_key ?? null,
    sourceId: EXTRACTORS_WITHOUT_IDS.has(info.extractor_key ?? 'Generic') ? null : info.id,
    durationSeconds,
  };
}
