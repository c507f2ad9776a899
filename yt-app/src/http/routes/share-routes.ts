import { endpoints, paths, Problem, type Media, type NewShare, type Share } from '@linkcast/contracts';
import { requirePermission } from '../../access/ownership.ts';
import type { ShareRecord, ShareStore } from '../../access/share-store.ts';
import type { Library } from '../../library/library.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';
import { callerPerson } from './people-routes.ts';

export interface ShareRoutesOptions {
  readonly shares: ShareStore;
  readonly library: Pick<Library, 'get'>;
  /** Lifetime of a share whose maker sets none. */
  readonly lifetimeSeconds: number;
}

/** Binds the endpoints of share links, to an item or to the station. */
export function bindShareRoutes(bind: EndpointBinder, { shares, library, lifetimeSeconds }: ShareRoutesOptions): void {
  bind.answer(endpoints.shareMedia, async ({ params: { id }, body, identity }) => {
    const { links, personId } = await library.get(id);
    requirePermission('share-item', identity, personId);
    const facts = { mediaId: id, personId: callerPerson(identity).id };
    const { token, share } = await shares.create(facts, body.lifetimeSeconds ?? lifetimeSeconds);
    return { ...shareView(share), links: itemLinks(token, links) };
  });
  bind.answer(endpoints.listShares, async ({ params: { id } }) => {
    await library.get(id);
    return { shares: (await shares.list(id)).map(shareView) };
  });
  bind.answer(endpoints.shareStation, async ({ body, identity }) => {
    const facts = { mediaId: null, personId: callerPerson(identity).id };
    const { token, share } = await shares.create(facts, body.lifetimeSeconds ?? lifetimeSeconds);
    return { ...shareView(share), links: { page: paths.share(token), hls: null, file: paths.sharedStream(token) } };
  });
  bind.answer(endpoints.listStationShares, async () => ({ shares: (await shares.list(null)).map(shareView) }));
  bind.answer(endpoints.revokeShare, async ({ params, identity }) => {
    const share = await shares.get(params.id);
    if (!share) throw new Problem('not-found');
    const { mediaId } = share;
    const isOfOwnItem = mediaId !== null && (await library.get(mediaId)).personId === callerPerson(identity).id;
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
