import type { DeliveryLayout, DeliveredItem } from '@linkcast/contracts';

/** The names of an item on a target. */
export interface ItemNames {
  /** The folder for its files, with `/` between the parts; empty: the folder of the target itself. */
  readonly folder: string;
  /** The name of its files, without their ends. */
  readonly stem: string;
}

/** Most file systems take 255 bytes; this leaves room for the year, the id, `-poster.jpg` and `.part`. */
const MOST_BYTES = 180;
/** A name that Windows keeps for a device, whatever comes after a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=$|\.)/i;
/** Characters that Windows forbids, separators, and what nobody sees; the joiner within an emoji stays. */
const FORBIDDEN = /[<>:"/\\|?*\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cn}]|(?!\u200d)\p{Cf}/gu;

/**
 * Names an item as media servers read it: `Uploader/Title (2026) [id]/Title (2026) [id]`; or plainly, `Title [id]`. With the id in it, two
 * items never have the same name, and an item that is delivered again has its own.
 */
export function itemNames(
  item: Pick<DeliveredItem, 'mediaId' | 'title' | 'uploader' | 'createdAt'>,
  layout: DeliveryLayout,
): ItemNames {
  const id = `[${item.mediaId}]`;
  const title = safeName(item.title) ?? 'Untitled';
  if (layout === 'plain') return { folder: '', stem: `${title} ${id}` };
  const stem = `${title} (${yearOf(item)}) ${id}`;
  return { folder: `${safeName(item.uploader ?? '') ?? 'Unknown'}/${stem}`, stem };
}

export function yearOf({ createdAt }: Pick<DeliveredItem, 'createdAt'>): number {
  return new Date(createdAt).getUTCFullYear();
}

/** The text as one name of a file or folder; undefined: nothing of it is left. */
export function safeName(text: string): string | undefined {
  const visible = text.toWellFormed().normalize('NFC').replace(FORBIDDEN, ' ').replace(/\s+/gu, ' ');
  const name = trimmed(shortened(trimmed(visible)));
  return name === '' ? undefined : name.replace(DEVICE, '$&_');
}

/** Dots before a name hide it, or lead out of the folder; behind it, Windows drops them. */
function trimmed(name: string): string {
  return name.replace(/^[. ]+/, '').replace(/[. ]+$/, '');
}

/** The characters, as people see them, that fit. */
function shortened(name: string): string {
  let bytes = 0;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en').segment(name.slice(0, MOST_BYTES))) {
    bytes += Buffer.byteLength(segment);
    if (bytes > MOST_BYTES) break;
    kept += segment;
  }
  return kept;
}
