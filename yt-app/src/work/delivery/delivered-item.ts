import type { DeliveredItem } from '@linkcast/contracts';
import type { ItemRecord } from '../../library/items/item-table.ts';

/** An item as its worker delivers it: with the tallest picture, and the largest rendition of the sound. */
export function deliveredItem(item: ItemRecord): DeliveredItem {
  const { id: mediaId, type, title, uploader, durationSeconds, createdAt, hasFile, hasPoster, renditions } = item;
  const ofKind = (kind: 'video' | 'audio') => renditions.filter((rendition) => rendition.kind === kind);
  const [video] = ofKind('video').toSorted((one, other) => rank(other) - rank(one) || other.bytes - one.bytes);
  const [audio] = ofKind('audio').toSorted((one, other) => other.bytes - one.bytes);
  return {
    ...{ mediaId, type, title, uploader, durationSeconds, hasFile, hasPoster },
    createdAt: new Date(createdAt).toISOString(),
    video: video?.name ?? null,
    audio: audio?.name ?? null,
  };
}

function rank({ height }: { readonly height: number | null }): number {
  return height ?? 0;
}
