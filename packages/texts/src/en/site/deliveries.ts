import type { DeliveryKind, DeliveryLayout, DeliveryProof, DeliveryRule, DeliveryState } from '@linkcast/contracts';
import { formatsOf } from '../../formats/formats.ts';

const { deadline } = formatsOf('en');

/** Texts of the site about deliveries, for owners. */
export const siteDeliveries = {
  deliveries: {
    heading: 'Deliveries',
    hint: 'Finished items can be copied to a folder or a server, such as that of Jellyfin, Plex or Kodi.',
    none: 'There are no targets yet.',
    kind: 'Kind',
    kinds: {
      folder: 'Folder on this server (DELIVERY_DIR)',
      sftp: 'SFTP',
      ftps: 'FTPS',
      ftp: 'FTP, without encryption',
    } satisfies Record<DeliveryKind, string>,
    ftpWarning:
      'Everybody on the network can read the password and the files. Choose SFTP or FTPS where the server has it.',
    name: 'Name',
    host: 'Server',
    port: 'Port (empty: the usual one)',
    user: 'User',
    password: 'Password',
    key: 'Private key, instead of a password',
    folder: 'Folder',
    layout: 'Names',
    layouts: {
      'media-server': 'For media servers: a folder for each item, with NFO and poster',
      plain: 'One file for each item',
    } satisfies Record<DeliveryLayout, string>,
    rule: 'What is delivered by itself',
    rules: {
      requested: 'Nothing: only on request',
      all: 'Everything that everybody here sees',
      person: 'What one person adds',
      host: 'What comes from one site',
      collection: 'What comes into one collection',
    } satisfies Record<DeliveryRule['items'], string>,
    person: 'Person',
    site: 'Site',
    collection: 'Collection',
    unnamed: 'without a name',
    removeAfter: 'Move my own items to the trash when they have arrived and were compared',
    test: 'Test the connection',
    testOf: (name: string) => `Test ${name}`,
    works: 'It works: a file was written and deleted.',
    shownKey: 'The server shows this key. Compare it with that of the server:',
    confirm: 'It is the right key',
    make: 'Make the target',
    made: 'The target is made.',
    pause: 'Pause',
    go: 'Continue',
    paused: 'paused',
    remove: 'Delete',
    removeOf: (name: string) => `Delete ${name}`,
    removed: 'The target is deleted. What has arrived stays there.',
    last: 'Last deliveries',
    states: {
      queued: 'waits',
      running: 'is sent',
      delivered: 'delivered',
      failed: 'failed',
      cancelled: 'cancelled',
    } satisfies Record<DeliveryState, string>,
    proofs: { checksum: 'checksum compared', size: 'size compared' } satisfies Record<DeliveryProof, string>,
    next: (at: string) => `next attempt: ${deadline(at)}`,
    retry: 'Retry',
    cancel: 'Cancel',
    deliverTo: (name: string) => `Deliver to ${name}`,
    queued: 'The item will be delivered.',
  },
};
