import type { VolumeMarker } from './volume-marker.ts';

/** What there is to judge a folder by. */
export interface VolumeFacts {
  readonly marker: VolumeMarker;
  /** The id that the database remembers; undefined: it never saw a marker. */
  readonly remembered: string | undefined;
  /** Are there items in the database? */
  readonly hasItems: boolean;
  /** Is the folder of at least one of them there? */
  readonly hasItemFolder: boolean;
}

/**
 * Is the folder the library of this installation? `make-marker`: it is, and gets a marker. `adopt-marker`: it is, and the
 * database remembers its marker from now on. `missing` and `foreign`: it is not.
 */
export type VolumeDecision = 'present' | 'make-marker' | 'adopt-marker' | 'missing' | 'foreign';

/**
 * Judges a folder. A database without a memory is new, lost, or of a version without markers: then the folder is the right
 * one unless the database has items and not one of their folders is there.
 */
export function decideVolume({ marker, remembered, hasItems, hasItemFolder }: VolumeFacts): VolumeDecision {
  const isPlausible = remembered === undefined && (!hasItems || hasItemFolder);
  switch (marker.kind) {
    case 'unreadable':
      return 'missing';
    case 'strange':
      return 'foreign';
    case 'empty':
      return 'make-marker';
    case 'absent':
      return isPlausible ? 'make-marker' : 'missing';
    case 'id':
      if (marker.id === remembered) return 'present';
      return isPlausible ? 'adopt-marker' : 'foreign';
  }
}
