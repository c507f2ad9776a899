import type { VolumeMarker } from './volume-marker.ts';

/** The facts for the decision about a directory. */
export interface VolumeFacts {
  readonly marker: VolumeMarker;
  /** The id of the marker that the database has stored; undefined: it never saw one. */
  readonly remembered: string | undefined;
  /** True when the database has items. */
  readonly hasItems: boolean;
  /** True when the directory of at least one of them exists. */
  readonly hasItemFolder: boolean;
}

/**
 * The decision whether a directory is this installation's library. `make-marker`: it is, and gets a marker.
 * `adopt-marker`: it is, and the database stores its marker. `missing` and `foreign`: it is not.
 */
export type VolumeDecision = 'present' | 'make-marker' | 'adopt-marker' | 'missing' | 'foreign';

/**
 * Decides about a directory. A database without a marker is new, lost, or of a version without markers: it accepts the
 * directory unless it has items and none of their directories exists.
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
