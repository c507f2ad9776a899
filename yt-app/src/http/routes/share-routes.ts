import { endpoints, paths, Problem, type Media, type NewShare, type Share } from '@linkcast/contracts';
import { requirePermission } from '../../access/ownership.ts';
import type { NewShareRecord, ShareRecord } from '../../access/share-store.ts';
import type { AccessControl } from '../../access/access-control.ts';
import { viewerOf, type Identity } from '../../access/identity.ts';
import type { Library } from '../../library/library.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';
import { callerPerson } from './people-routes.ts';

export interface ShareRoutesOptions {
  readonly access: Pick<AccessControl, 'shares' | 'people'>;
  readonly library: Pick<Library, 'get' | 'find'>;
  /** Lifetime of a share whose maker sets none. */
  readonly lifetimeSeconds: number;
}

/** Binds the endpoints of share links, to an item or to the station. */
export function bindShareRoutes(bind: EndpointBinder, { access, library, lifetimeSeconds }: ShareRoutesOptions): void {
  const { shares, people } = access;
  const create = (mediaId: string | null, identity: Identity, seconds = lifetimeSeconds): Promise<NewShareRecord> => {
    const { id: personId } = callerPerson(identity);
    return people.whilePresent(personId, () => shares.create({ mediaId, personId }, seconds));
  };

  bind.answer(endpoints.shareMedia, async ({ params: { id }, body, identity }) => {
    const { links, personId } = await library.get(id, viewerOf(identity));
    requirePermission('share-item', identity, personId);
    const { token, share } = await create(id, identity, body.lifetimeSeconds);
    await library.get(id, viewerOf(identity)); // a retention rule may have taken it before the share was made
    return { ...shareView(share), links: itemLinks(token, links) };
  });
  bind.answer(endpoints.listShares, async ({ params: { id }, identity }) => {
    await library.get(id, viewerOf(identity));
    return { shares: (await shares.list(id)).map(shareView) };
  });
  bind.answer(endpoints.shareStation, async ({ body, identity }) => {
    const { token, share } = await create(null, identity, body.lifetimeSeconds);
    return { ...shareView(share), links: { page: paths.share(token), hls: null, file: paths.sharedStream(token) } };
  });
  bind.answer(endpoints.listStationShares, async () => ({ shares: (await shares.list(null)).map(shareView) }));
  bind.answer(endpoints.revokeShare, async ({ params, identity }) => {
    const share = await shares.get(params.id);
    if (!share) throw new Problem('not-found');
    const { mediaId } = share;
    const item = mediaId === null ? undefined : await library.find(mediaId, viewerOf(identity));
    const isOfOwnItem = item !== undefined && item.personId === callerPerson(identity).id;
    if (!isOfOwnItem) requirePermission('revoke-share', identity, share.personId);
    if (!(await shares.revoke(params.id))) throw new Problem('not-found');
    return undefined;
  });
}

function shareView({ id, mediaId, createdAt, expiresAt }: ShareRecord): Share {
  return {
    id,
    mediaId,
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
  };
}

/** The item's links, as paths below the share. */
function itemLinks(token: string, links: Media['links']): NewShare['links'] {
  return {
    page: paths.share(token),
    hls: links.hls === null ? null : paths.sharedPlaylist(token),
    file: links.file === null ? null : paths.sharedAudioFile(token),
  };
}
