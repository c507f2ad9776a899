import path from 'node:path';
import { Problem, type WorkItem } from '@linkcast/contracts';
import { intactFile } from '../item/stored-item.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import type { OwnFile } from './own-file.ts';

/**
 * Reads the sound of an item of the library: the source of a job that downloads nothing.
 *
 * @throws {Problem} item-unavailable when the file is missing, or not as it was published.
 */
export async function openItemSound(run: PipelineRun, item: WorkItem): Promise<OwnFile> {
  const rendition = item.renditions.find(({ kind }) => kind === 'audio');
  if (!rendition) throw new Problem('item-unavailable');
  const name = `${rendition.name}.mp4`;
  const intact = await intactFile(run, item, name);
  const file = path.join(run.mediaDir, item.id, name);
  const probed = intact && (await run.ffmpeg.probe(file, run.signal));
  if (!intact || !probed?.audio) throw new Problem('item-unavailable');
  const format = { format_id: 'file', protocol: 'file', vcodec: 'none', acodec: null, filesize: intact.bytes };
  const { id, title, uploader, extractor, sourceId } = item;
  const names = { id: sourceId ?? id, title, uploader, extractor_key: extractor };
  return { file, probed, info: { ...names, duration: probed.durationSeconds, formats: [format] } };
}
