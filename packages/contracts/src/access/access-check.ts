/**
 * The request by which nginx finds out whether it may serve something. `GET path` with nginx's key answers 204; 401 when the
 * client has no access; 403 when the item does not exist for the client. nginx sends the client's session cookie, the share
 * token from the path in `shareHeader`, what is requested in `wantsHeader`, and for a file of the library the item in
 * `itemHeader`. For a share of an item, the answer names the item in `itemHeader`.
 */
export const accessCheck = {
  path: '/internal/access',
  services: ['nginx'],
  shareHeader: 'x-share-token',
  wantsHeader: 'x-wants',
  itemHeader: 'x-item',
  /** `site`: pages and the station, for a session. `item`: files of one item. `share-item`, `share-station`: below `/s/:token/`, for a share. */
  wants: ['site', 'item', 'share-item', 'share-station'],
} as const;

/** 256 random bits in base64url. */
export const SESSION_TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** 128 random bits in base64url. */
export const SHARE_TOKEN = /^[A-Za-z0-9_-]{22}$/;

/** Names of the session cookie. Over HTTPS the prefix makes browsers hold it to this host, `/`, and `Secure`. */
export const sessionCookies = { https: '__Host-linkcast', http: 'linkcast' } as const;
