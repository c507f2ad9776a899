import { collectionEndpoints } from './library/collection-endpoints.ts';
import { deliveryEndpoints } from './deliveries/delivery-endpoints.ts';
import { followingEndpoints } from './following-endpoints.ts';
import { internalEndpoints } from './internal-endpoints.ts';
import { keyEndpoints } from './key-endpoints.ts';
import { jobEndpoints } from './job-endpoints.ts';
import { limitEndpoints } from './limit-endpoints.ts';
import { itemJobEndpoints } from './library/item-job-endpoints.ts';
import { mediaEndpoints } from './library/media-endpoints.ts';
import { passkeyEndpoints } from './passkey-endpoints.ts';
import { peopleEndpoints } from './people-endpoints.ts';
import { cookieEndpoints } from './sources/cookie-endpoints.ts';
import { profileEndpoints } from './sources/profile-endpoints.ts';
import { positionEndpoints } from './library/position-endpoints.ts';
import { sessionEndpoints } from './session-endpoints.ts';
import { shareEndpoints } from './share-endpoints.ts';
import { stationEndpoints } from './station-endpoints.ts';
import { storageEndpoints } from './storage-endpoints.ts';
import { telegramEndpoints } from './telegram-endpoints.ts';
import { trashEndpoints } from './library/trash-endpoints.ts';
import { upkeepEndpoints } from './upkeep-endpoints.ts';
import { uploadEndpoints } from './upload-endpoints.ts';

/** The HTTP API of yt-app: its router, its OpenAPI document and its client are all made from this table. */
export const endpoints = {
  ...jobEndpoints,
  ...followingEndpoints,
  ...mediaEndpoints,
  ...itemJobEndpoints,
  ...collectionEndpoints,
  ...positionEndpoints,
  ...trashEndpoints,
  ...stationEndpoints,
  ...sessionEndpoints,
  ...peopleEndpoints,
  ...telegramEndpoints,
  ...keyEndpoints,
  ...passkeyEndpoints,
  ...limitEndpoints,
  ...shareEndpoints,
  ...profileEndpoints,
  ...cookieEndpoints,
  ...deliveryEndpoints,
  ...storageEndpoints,
  ...upkeepEndpoints,
  ...uploadEndpoints,
  ...internalEndpoints,
} as const;

export type EndpointName = keyof typeof endpoints;
