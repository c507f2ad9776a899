import type { Visibility } from '@linkcast/contracts';

/** Called in the transaction of a change of an item or a collection. */
export interface ItemListener {
  /** The item has left the library, or has come back to it. */
  onListingChanged(id: string): Promise<void>;
  onVisibilityChanged(id: string, visibility: Visibility): Promise<void>;
  /** A person has deleted the collection: nothing comes into it any more. */
  onCollectionRemoved(id: string): Promise<void>;
}
