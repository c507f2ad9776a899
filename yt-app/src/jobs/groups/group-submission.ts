import { JobState, type Job, type MediaType, type Quality, type Visibility } from '@linkcast/contracts';
import type { AppDatabase } from '../../database/app-database.ts';
import { parseSourceUrl, sourceKey } from '../../egress/source-url.ts';
import { randomId } from '../../random-id.ts';
import type { JobPublisher } from '../job-publisher.ts';
import type { JobStore } from '../job-store.ts';
import { createIdempotencyStore, type IdempotencyKey } from '../submission/idempotency-store.ts';
import type { JobAdmission } from '../submission/job-admission.ts';
import type { JobLimits } from '../submission/job-limits.ts';
import type { JobGroup } from './group-children.ts';
import { collectionIdFor, nextPosition } from './group-collection.ts';
import type { GroupStore, NewChild } from './group-store.ts';

/** The request of a parent job with its children. */
export interface GroupRequest {
  /** The link of the whole, such as that of a playlist. */
  readonly url: string;
  readonly title: string | null;
  readonly type: MediaType;
  readonly quality: Quality;
  readonly visibility: Visibility;
  /** The requester; null: nobody. */
  readonly personId: string | null;
  readonly children: readonly { readonly url: string; readonly title: string | null }[];
  readonly idempotencyKey?: IdempotencyKey | undefined;
  /**
   * True for the next videos of a followed list: nobody waits for them, they come after those that the collection has, and an open parent
   * of the same link, which has other videos, is left alone. Default: false.
   */
  readonly isContinuation?: boolean;
}

export interface GroupSubmissionOptions {
  readonly store: Pick<JobStore, 'get' | 'childrenIn'>;
  readonly groups: Pick<GroupStore, 'insert' | 'findOpen' | 'get'>;
  readonly publisher: Pick<JobPublisher, 'viewGroup'>;
  /** Announces a queued job to the workers. */
  readonly queue: { wake(): void };
  readonly database: AppDatabase;
  readonly admission: JobAdmission;
  readonly limits: Pick<JobLimits, 'require'>;
  /** `host:port` pairs that may be private. */
  readonly allowPrivate: readonly string[];
}

/**
 * Stores a parent job with its children; an open one of the same link is returned as it is, unless the request is a continuation. Links that are the same source become one
 * child. All children have to fit into the limits of the person, and into the queue. The same key of the same caller gives the same
 * parent: the key is stored with a child of it.
 *
 * @throws {Problem} as the submission of a job; `invalid-url` and `source-forbidden` for the first such link.
 */
export async function submitGroup(request: GroupRequest, options: GroupSubmissionOptions): Promise<Job> {
  const { store, groups, publisher, database, admission, limits, allowPrivate } = options;
  const { url, title, type, quality, visibility, personId, idempotencyKey: key, isContinuation = false } = request;
  const keys = createIdempotencyStore(database);
  const source = parseSourceUrl(url, allowPrivate);
  const children = newChildren(request, allowPrivate);
  const wanted = { type, quality, personId, url: source.href, sourceKey: sourceKey(source) };

  const findOrInsert = async (): Promise<JobGroup> => {
    const open = isContinuation ? undefined : await groups.findOpen(wanted);
    if (open) return open;
    await admission.require(children.length);
    await limits.require(personId, { count: children.length });
    const collectionId = await collectionIdFor(wanted, database);
    const firstPosition = isContinuation ? await nextPosition(collectionId, database) : 1;
    const group = { ...wanted, id: randomId(), title, visibility, collectionId, firstPosition, createdAt: Date.now() };
    return groups.insert(group, children, { isBackground: isContinuation });
  };
  /** The request of one video has another address: the same key for both is a conflict. */
  const asKeyed = { ...wanted, url: `all of ${wanted.url}` };
  const findByKey = async (): Promise<JobGroup | undefined> => {
    const childId = key && (await keys.find(key, asKeyed));
    const parentId = childId === undefined ? null : (await store.get(childId))?.parentId;
    const known = parentId ? await groups.get(parentId) : undefined;
    return known?.visibility === 'everyone' || known?.personId === personId ? known : undefined; // as for one job
  };

  const group = await database.transaction(async () => {
    database.afterCommit(() => options.queue.wake());
    if (key) await database.lock(`idempotency key ${key.caller} ${key.key}`); // always before that of the link
    await database.lock(`job ${wanted.sourceKey}`);
    const known = await findByKey();
    if (known) return known;
    const found = await findOrInsert();
    const [child] = key ? await store.childrenIn(found.id, JobState.options) : [];
    if (key && child) await keys.remember(key, asKeyed, child.id);
    return found;
  });
  return publisher.viewGroup(group);
}

function newChildren({ children }: GroupRequest, allowPrivate: readonly string[]): NewChild[] {
  const bySource = new Map<string, NewChild>();
  for (const { url, title } of children) {
    const source = parseSourceUrl(url, allowPrivate);
    const key = sourceKey(source);
    if (!bySource.has(key))
      bySource.set(key, { id: randomId(), url: source.href, sourceKey: key, mediaId: randomId(), title });
  }
  return [...bySource.values()];
}
