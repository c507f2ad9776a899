import type { Visibility } from '@linkcast/contracts';

/** Called in the transaction of a change of an item. */
export interface ItemListener {
  /** The item has left the library, or has come back to it. */
  onListingChanged(id: string): Promise<void>;
  onVisibilityChanged(id: string, visibility: Visibility): Promise<void>;
}
