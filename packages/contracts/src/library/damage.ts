import { z } from 'zod';

const Seconds = z.number().nonnegative();
const Ranges = z
  .array(z.object({ from: Seconds, to: Seconds }))
  .max(20)
  .meta({ description: 'Where they are, in seconds from the begin.' });

/** The part of an item that arrived damaged from its source. */
export const SourceDamage = z.object({ seconds: Seconds, ranges: Ranges }).meta({ id: 'SourceDamage' });
export type SourceDamage = z.infer<typeof SourceDamage>;

/** The part of an item that cannot be played, or not as it was published. */
export const MediaDamage = z
  .object({
    cause: z.enum(['source', 'storage']).meta({
      description:
        '`source`: it came damaged. `storage`: after it was published, files of the item were found missing, cut short or changed, or a part of it cannot be decoded.',
    }),
    seconds: Seconds.nullable().meta({
      description: 'Seconds that cannot be played; null: not known, because files are missing, cut short or changed.',
    }),
    ranges: Ranges,
    source: SourceDamage.nullable()
      .default(null) // earlier versions wrote none
      .meta({ description: 'With the cause `storage`: what had come damaged before; null: nothing.' }),
    repair: z
      .enum(['running', 'failed'])
      .nullable()
      .default(null) // earlier versions wrote none
      .meta({
        description:
          'With the cause `storage`: it is downloaded again, or that has failed; null: it is not (yet), or its source is unknown.',
      }),
  })
  .meta({ id: 'MediaDamage' });
export type MediaDamage = z.infer<typeof MediaDamage>;

/** Finds what arrived damaged, also of an item whose files were damaged later; null: nothing. */
export function sourceDamageOf(damage: MediaDamage | null): SourceDamage | null {
  if (damage === null) return null;
  const { cause, seconds, ranges, source } = damage;
  return cause === 'source' ? { seconds: seconds ?? 0, ranges } : source;
}

/** The damage of an item that has only what arrived damaged. */
export function damageOfSource(source: SourceDamage | null): MediaDamage | null {
  return source && { cause: 'source', ...source, source: null, repair: null };
}
